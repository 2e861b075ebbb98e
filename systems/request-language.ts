import "server-only";
import { headers } from "next/headers";
import { offeredLanguage } from "../domain/languages";
import { publication } from "../publication";
import { LANGUAGE_HEADER } from "./requested-language";

/** A signed-in person's own choice is not considered. */
export async function requestLanguage(): Promise<string> {
  return offeredLanguage((await headers()).get(LANGUAGE_HEADER), publication);
}
