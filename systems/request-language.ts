// Reads in a page the language that proxy.ts determined with asked-language.ts.
import "server-only";
import { headers } from "next/headers";
import { offeredLanguage } from "../domain/languages";
import { publication } from "../publication";
import { LANGUAGE_HEADER } from "./asked-language";

/** The language that the request asks for. A signed-in person's own choice is not considered. */
export async function requestLanguage(): Promise<string> {
  return offeredLanguage((await headers()).get(LANGUAGE_HEADER), publication);
}
