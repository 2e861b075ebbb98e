// The maximum body size of each form, by path.
import "server-only";

/** Our largest ordinary form has less than a kilobyte; with everything that a reader may type, less than ten. */
const MAX_BYTES = 10_000;
/** The texts of an appeal: up to twelve paragraphs, with six bytes for each letter that is not Latin. */
const MAX_BYTES_OF_WORDS = 120_000;
const WORDS = /^\/newsroom\/appeals\//;
/**
 * Evidence for a dispute: six texts of four thousand characters. Even texts that are too long must reach the route, so that no word
 * is lost.
 */
export const MAX_BYTES_OF_EVIDENCE = 250_000;
/**
 * The same form with files. This is far more than Stripe accepts, because a form that is refused here loses its texts. The route
 * keeps no more of a file than Stripe accepts (systems/upload-form.ts), and reads nothing before it knows the sender.
 */
const MAX_BYTES_OF_UPLOADS = 64_000_000;
/** Stripe's ids contain only `\w`. With `%2F` in the id, the path would pass proxy.ts, where Next reads the whole body. */
const UPLOADS = /^\/newsroom\/disputes\/\w+\/draft$/;

/** True for a form with files. Such a form may also take longer. */
export function hasUploads(path: string): boolean {
  return UPLOADS.test(path);
}

export function maxFormBytes(path: string): number {
  if (hasUploads(path)) return MAX_BYTES_OF_UPLOADS;
  return WORDS.test(path) ? MAX_BYTES_OF_WORDS : MAX_BYTES;
}
