// The language of a page of the App Router. A page, its layout and its title get the same answer.
import "server-only";
import type { Metadata } from "next";
import { headers } from "next/headers";
import { type MessageKey, type Translate, translator } from "../content/messages";
import { offeredLanguage } from "../domain/languages";
import { publication } from "../publication";
import { LANGUAGE_HEADER } from "./asked-language";
import { findViewer } from "./auth/viewer";

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

/** The language that the request asks for, whoever sends it. */
export async function requestLanguage(): Promise<string> {
  return offeredLanguage((await headers()).get(LANGUAGE_HEADER), publication);
}

/** Into the page's language. */
export async function pageTranslator(): Promise<Translate> {
  return translator(await pageLanguage());
}

/** A page's `generateMetadata`: a title in the page's language. */
export function titled(key: MessageKey): () => Promise<Metadata> {
  return async () => ({ title: (await pageTranslator())(key) });
}
