"use client";
// Provides the words of the error page with every page, so that the browser needs no message file.
import { createContext, type ReactNode, useContext } from "react";

export type FailureWords = { title: string; text: string; again: string };

const Words = createContext<FailureWords>({ title: "", text: "", again: "" });

export function FailureWordsProvider({ words, children }: { words: FailureWords; children: ReactNode }) {
  return <Words value={words}>{children}</Words>;
}

export function useFailureWords(): FailureWords {
  return useContext(Words);
}
