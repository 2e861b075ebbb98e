// The languages in the paths that the server answers itself.
import "server-only";
import { otherLanguages } from "../../../domain/languages";
import { publication } from "../../../publication";

/** True if `pattern` finds in the path a language that the site offers besides its default one. */
export function isInOtherLanguage(pattern: RegExp, path: string): boolean {
  const [, language = ""] = pattern.exec(path) ?? [];
  return otherLanguages(publication).includes(language);
}
