// The bound on the body of each form, by its path.
import "server-only";

/** Our largest form is smaller than a kilobyte, and one with everything that a reader may type smaller than ten. */
const MOST_BYTES = 10_000;
/** The words of an appeal: up to twelve paragraphs, and six bytes for each letter that is not Latin. */
const MOST_BYTES_OF_WORDS = 120_000;
const WORDS = /^\/newsroom\/appeals\//;
/** Evidence for a dispute: six texts of four thousand characters, some of them too long, and still no word lost. */
const MOST_BYTES_OF_EVIDENCE = 250_000;
const EVIDENCE = /^\/newsroom\/disputes\/[^/]+\/draft$/;

export function mostFormBytes(path: string): number {
  if (EVIDENCE.test(path)) return MOST_BYTES_OF_EVIDENCE;
  return WORDS.test(path) ? MOST_BYTES_OF_WORDS : MOST_BYTES;
}
