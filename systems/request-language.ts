// Reads in a page what proxy.ts has found out with asked-language.ts.
import "server-only";
import { headers } from "next/headers";
import { offeredLanguage } from "../domain/languages";
import { publication } from "../publication";
import { LANGUAGE_HEADER } from "./asked-language";

/** The language that the request asks for, signed in or not. */
export async function requestLanguage(): Promise<string> {
  return offeredLanguage((await headers()).get(LANGUAGE_HEADER), publication);
}
