// A letter whose date is in the future is not published yet.
import "server-only";
import type { LetterToSupporters } from "../../domain/articles/article";
import { isPublished } from "../../domain/articles/letters";
import { publication } from "../../publication";
import { listLetters } from "../content";

/** Returns the published letters, newest first. The caller must check that the viewer has the right to letters. */
export function listPublishedLetters(locale: string, now: Date): LetterToSupporters[] {
  return listLetters(locale).filter((letter) => isPublished(letter, now));
}

export function findPublishedLetter(
  slug: string,
  { locale, now }: { locale: string; now: Date },
): LetterToSupporters | null {
  return listPublishedLetters(locale, now).find((letter) => letter.slug === slug) ?? null;
}

/**
 * Returns all letters, also those whose date is in the future. A letter has the same slug in all its languages, and is
 * listed once.
 */
export function listPublishedAndFutureLetters(): LetterToSupporters[] {
  const all = publication.languages.flatMap((language) => listLetters(language));
  return all.filter((letter, index) => all.findIndex(({ slug }) => slug === letter.slug) === index);
}

export function isLetterAvailableInLanguage({ slug }: Pick<LetterToSupporters, "slug">, locale: string): boolean {
  return listLetters(locale).some((letter) => letter.slug === slug);
}
