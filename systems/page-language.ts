// Finds the language of a page, so that its layout and its title use the same one.
import "server-only";
import type { Metadata } from "next";
import { type MessageKey, type MessageValue, type Translate, translator } from "../content/messages";
import { findSignedInUser } from "./auth/signed-in-user";
import { languageOfCurrentRequest } from "./request-language";

/** Returns the language of the signed-in person, or else the language that the request asks for. */
export async function pageLanguage(): Promise<string> {
  try {
    const viewer = await findSignedInUser();
    if (viewer) return viewer.locale;
  } catch {
    // The ledger is unavailable. An error page still needs a language.
  }
  return languageOfCurrentRequest();
}

export async function pageTranslator(): Promise<Translate> {
  return translator(await pageLanguage());
}

export function titleMetadata(key: MessageKey, values?: Record<string, MessageValue>): () => Promise<Metadata> {
  return async () => ({ title: (await pageTranslator())(key, values) });
}
