// The bound on the body of each form, by its path.
import "server-only";

/** Our largest form is smaller than a kilobyte, and one with everything that a reader may type smaller than ten. */
const MOST_BYTES = 10_000;
/** The words of an appeal: up to twelve paragraphs, and six bytes for each letter that is not Latin. */
const MOST_BYTES_OF_WORDS = 120_000;
const WORDS = /^\/newsroom\/appeals\//;
/** Evidence for a dispute: six texts of four thousand characters, some of them too long, and still no word lost. */
export const MOST_BYTES_OF_EVIDENCE = 250_000;
/**
 * The same form with files. Far more than Stripe takes, because a form that is refused here loses its texts. The route keeps no more of a
 * file than Stripe takes (systems/upload-form.ts), and reads nothing before it knows its sender.
 */
const MOST_BYTES_OF_UPLOADS = 64_000_000;
/** The id as Stripe writes it: with `%2F` in it, the path would pass proxy.ts, where Next reads the whole body. */
const UPLOADS = /^\/newsroom\/disputes\/\w+\/draft$/;

/** True for a form with files: it may take longer, too. */
export function hasUploads(path: string): boolean {
  return UPLOADS.test(path);
}

export function mostFormBytes(path: string): number {
  if (hasUploads(path)) return MOST_BYTES_OF_UPLOADS;
  return WORDS.test(path) ? MOST_BYTES_OF_WORDS : MOST_BYTES;
}
