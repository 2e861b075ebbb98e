import type { LetterToSupporters } from "./article";

export function isPublished({ publishedAt }: Pick<LetterToSupporters, "publishedAt">, now: Date): boolean {
  return Date.parse(publishedAt) <= now.getTime();
}

export type NeighbouringLetters = { newer: LetterToSupporters | null; older: LetterToSupporters | null };

/**
 * Returns the next newer and the next older letter than `slug`. Each is null if no such letter exists, and both if
 * `letters` does not contain `slug`. `letters`: sorted, newest first.
 */
export function neighboursOf(slug: string, letters: readonly LetterToSupporters[]): NeighbouringLetters {
  const at = letters.findIndex((letter) => letter.slug === slug);
  if (at < 0) return { newer: null, older: null };
  return { newer: letters[at - 1] ?? null, older: letters[at + 1] ?? null };
}
