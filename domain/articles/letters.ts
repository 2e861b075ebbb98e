import type { Letter } from "./article";

/**
 * Returns true once the letter's publication date has come. Before that date, nobody can read the letter, and it is not sent by
 * e-mail.
 */
export function isPublished({ publishedAt }: Pick<Letter, "publishedAt">, now: Date): boolean {
  return Date.parse(publishedAt) <= now.getTime();
}

export type Neighbours = { newer: Letter | null; older: Letter | null };

/** `letters`: newest first. */
export function neighboursOf(slug: string, letters: readonly Letter[]): Neighbours {
  const at = letters.findIndex((letter) => letter.slug === slug);
  if (at < 0) return { newer: null, older: null };
  return { newer: letters[at - 1] ?? null, older: letters[at + 1] ?? null };
}
