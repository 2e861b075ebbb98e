// The language of a page of the App Router. A page, its layout and its title get the same answer.
import "server-only";
import type { Metadata } from "next";
import { type MessageKey, type MessageValue, type Translate, translator } from "../content/messages";
import { findViewer } from "./auth/viewer";
import { requestLanguage } from "./request-language";

/** The signed-in viewer's language, else the one that the request asks for. */
export async function pageLanguage(): Promise<string> {
  try {
    const viewer = await findViewer();
    if (viewer) return viewer.locale;
  } catch {
    // The ledger is unavailable: an error page still speaks a language.
  }
  return requestLanguage();
}

/** Returns the translator for the page's language. */
export async function pageTranslator(): Promise<Translate> {
  return translator(await pageLanguage());
}

/** Makes a page's `generateMetadata`, with a title in the page's language. */
export function titleMetadata(key: MessageKey, values?: Record<string, MessageValue>): () => Promise<Metadata> {
  return async () => ({ title: (await pageTranslator())(key, values) });
}
