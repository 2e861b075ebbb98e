import "server-only";
import { headers } from "next/headers";
import { offeredLanguage } from "../domain/languages";
import { publication } from "../publication";
import { PAGE_LANGUAGE_HEADER } from "./requested-language";

/** Returns the language that the request asks for. Ignores the language that a signed-in person has chosen. */
export async function languageOfCurrentRequest(): Promise<string> {
  return offeredLanguage((await headers()).get(PAGE_LANGUAGE_HEADER), publication);
}
