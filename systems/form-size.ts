import "server-only";

/**
 * The limit for ordinary forms. Even the largest of these forms is smaller than ten kilobytes when all its fields are
 * full.
 */
const MAX_BYTES = 10_000;
/**
 * The limit for the texts of an appeal: up to twelve paragraphs, with six bytes for each Cyrillic letter, for example.
 */
const MAX_BYTES_OF_WORDS = 120_000;
const WORDS = /^\/newsroom\/appeals\//;
/**
 * The maximum size of a form with evidence texts. It is larger than all texts that the route accepts, so that the route
 * can read a text that is too long. The route refuses that text, but shows it again, so that no word is lost.
 */
export const MAX_EVIDENCE_TEXT_FORM_BYTES = 250_000;
/**
 * The limit for evidence with files. It is far higher than Stripe's limit for the files. So the site can still read the
 * form if its files are too large for Stripe, and keeps the texts.
 */
const MAX_BYTES_OF_UPLOADS = 64_000_000;
/**
 * The path of the form with files. `\w` excludes an id that contains `%2F`, so a path with such an id gets an ordinary
 * limit. It must, because the matcher in proxy.ts includes that path: Next then reads the whole body before the route
 * can check the sender.
 */
const UPLOADS = /^\/newsroom\/disputes\/\w+\/draft$/;

export function isUploadFormPath(path: string): boolean {
  return UPLOADS.test(path);
}

export function maxFormBytes(path: string): number {
  if (isUploadFormPath(path)) return MAX_BYTES_OF_UPLOADS;
  return WORDS.test(path) ? MAX_BYTES_OF_WORDS : MAX_BYTES;
}
