// A preview is stored here for the one request that renders it. That request names it by an unguessable token in a header.
import { randomBytes } from "node:crypto";
import { runtime } from "../runtime";
import type { ReaderAppeal } from "./reader-appeal";

export const PREVIEW_HEADER = "x-appeal-preview";

/** The closed banner, the open banner, the appeal at the end of the article, or the thanks that a supporter sees there. */
export const PREVIEW_STATES = ["banner", "open", "end", "thanks"] as const;
export type PreviewState = (typeof PREVIEW_STATES)[number];

export const PREVIEW_SCHEMES = ["light", "dark"] as const;
export type PreviewScheme = (typeof PREVIEW_SCHEMES)[number];

export type AppealPreview = { appeal: ReaderAppeal; locale: string; state: PreviewState };

/** The maximum number of stored previews. A preview stays stored if its page could not be rendered. */
const MAX_WAITING = 50;

export function storePreview(preview: AppealPreview): string {
  runtime.previews ??= new Map();
  const token = randomBytes(24).toString("base64url");
  runtime.previews.set(token, preview);
  const [oldest] = runtime.previews.keys();
  if (runtime.previews.size > MAX_WAITING && oldest) runtime.previews.delete(oldest);
  return token;
}

export function takePreview(token: string | string[] | undefined): AppealPreview | null {
  if (typeof token !== "string") return null;
  const preview = runtime.previews?.get(token) ?? null;
  runtime.previews?.delete(token);
  return preview;
}
