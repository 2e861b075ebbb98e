// Reads in a page the language that proxy.ts determined with asked-language.ts.
import "server-only";
import { headers } from "next/headers";
import { offeredLanguage } from "../domain/languages";
import { publication } from "../publication";
import { LANGUAGE_HEADER } from "./asked-language";

/** The language that the request asks for, whether its sender is signed in or not. */
export async function requestLanguage(): Promise<string> {
  return offeredLanguage((await headers()).get(LANGUAGE_HEADER), publication);
}
