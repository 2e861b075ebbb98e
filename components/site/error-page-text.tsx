"use client";
// Passes the error page's translated text to the browser, so that the browser needs no message files.
import { createContext, type ReactNode, useContext } from "react";

export type ErrorPageText = { title: string; text: string; retryLabel: string };

const Words = createContext<ErrorPageText>({ title: "", text: "", retryLabel: "" });

export function ErrorPageTextProvider({ words, children }: { words: ErrorPageText; children: ReactNode }) {
  return <Words value={words}>{children}</Words>;
}

export function useErrorPageText(): ErrorPageText {
  return useContext(Words);
}
