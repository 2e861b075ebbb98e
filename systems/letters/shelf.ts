// Lists the published letters for pages, the feed and mail. A letter with a later date is not listed yet.
import "server-only";
import type { Letter } from "../../domain/articles/article";
import { isPublished } from "../../domain/articles/letters";
import { publication } from "../../publication";
import { listLetters } from "../content";

/** Newest first. Letters are for supporters only: the caller must check the viewer's right. */
export function listPublishedLetters(locale: string, now: Date): Letter[] {
  return listLetters(locale).filter((letter) => isPublished(letter, now));
}

export function findPublishedLetter(slug: string, { locale, now }: { locale: string; now: Date }): Letter | null {
  return listPublishedLetters(locale, now).find((letter) => letter.slug === slug) ?? null;
}

/** Lists each letter once, also those with a later date: a letter has the same slug in all its languages. */
export function listAllLetters(): Letter[] {
  const all = publication.languages.flatMap((language) => listLetters(language));
  return all.filter((letter, index) => all.findIndex(({ slug }) => slug === letter.slug) === index);
}

export function isLetterWrittenIn({ slug }: Pick<Letter, "slug">, locale: string): boolean {
  return listLetters(locale).some((letter) => letter.slug === slug);
}
