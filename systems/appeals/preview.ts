// Previews of what staff write, in the reader's own article page. A preview waits here for the one request that renders it. That
// request names it by an unguessable token in a header. Readers' requests carry no such token, so no cache can hold a preview.
import { randomBytes } from "node:crypto";
import { runtime } from "../runtime";
import type { ReaderAppeal } from "./reader-appeal";

export const PREVIEW_HEADER = "x-appeal-preview";

/** The part of the appeal that is shown: the banner, closed or open, or the end of the article, for a stranger or for a supporter. */
export const PREVIEW_STATES = ["banner", "open", "end", "thanks"] as const;
export type PreviewState = (typeof PREVIEW_STATES)[number];

export const PREVIEW_SCHEMES = ["light", "dark"] as const;
export type PreviewScheme = (typeof PREVIEW_SCHEMES)[number];

export type AppealPreview = { appeal: ReaderAppeal; locale: string; state: PreviewState };

/** The maximum number of waiting previews. A preview that nobody fetched, because rendering failed, must not stay for ever. */
const MAX_WAITING = 50;

/** Stores a preview, and returns the random token that opens its page. */
export function storePreview(preview: AppealPreview): string {
  runtime.previews ??= new Map();
  const token = randomBytes(24).toString("base64url");
  runtime.previews.set(token, preview);
  const [oldest] = runtime.previews.keys();
  if (runtime.previews.size > MAX_WAITING && oldest) runtime.previews.delete(oldest);
  return token;
}

/** Returns the preview with this token and removes it. */
export function takePreview(token: string | string[] | undefined): AppealPreview | null {
  if (typeof token !== "string") return null;
  const preview = runtime.previews?.get(token) ?? null;
  runtime.previews?.delete(token);
  return preview;
}
