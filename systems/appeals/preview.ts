// Previews of what staff write, in the reader's own article page. A preview waits here for the one request that draws it, which names it
// by an unguessable word in a header. Readers' requests never carry one, so no cache can hold a preview.
import { randomBytes } from "node:crypto";
import { runtime } from "../runtime";
import type { ReaderAppeal } from "./reader-appeal";

export const PREVIEW_HEADER = "x-appeal-preview";

/** The part of the appeal that is shown: the banner, closed or open, or the end of the article for a stranger or for somebody who gave. */
export const PREVIEW_STATES = ["banner", "open", "end", "thanks"] as const;
export type PreviewState = (typeof PREVIEW_STATES)[number];

export const PREVIEW_SCHEMES = ["light", "dark"] as const;
export type PreviewScheme = (typeof PREVIEW_SCHEMES)[number];

export type Preview = { appeal: ReaderAppeal; locale: string; state: PreviewState };

/** The most previews that wait. One that nobody fetched, because drawing it failed, must not stay for ever. */
const MOST_WAITING = 50;

/** Keeps a preview, and returns the random word that opens its page. */
export function offerPreview(preview: Preview): string {
  runtime.previews ??= new Map();
  const word = randomBytes(24).toString("base64url");
  runtime.previews.set(word, preview);
  const [oldest] = runtime.previews.keys();
  if (runtime.previews.size > MOST_WAITING && oldest) runtime.previews.delete(oldest);
  return word;
}

/** Takes the preview with this word; it can be taken once. */
export function takePreview(word: string | string[] | undefined): Preview | null {
  if (typeof word !== "string") return null;
  const preview = runtime.previews?.get(word) ?? null;
  runtime.previews?.delete(word);
  return preview;
}
