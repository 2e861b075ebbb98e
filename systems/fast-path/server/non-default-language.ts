import "server-only";
import { nonDefaultLanguages } from "../../../domain/languages";
import { publication } from "../../../publication";

/**
 * Returns true if the first group of `pattern` matches a language that the site offers, other than the default
 * language.
 */
export function isInNonDefaultLanguage(pattern: RegExp, path: string): boolean {
  const [, language = ""] = pattern.exec(path) ?? [];
  return nonDefaultLanguages(publication).includes(language);
}
