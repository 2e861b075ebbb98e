// Stores previews of appeals in memory. Each preview can be read only once, by a request whose header contains the
// preview's unguessable token.
import { randomBytes } from "node:crypto";
import { runtime } from "../runtime";
import type { AppealPreview } from "./preview";

/**
 * The maximum number of stored previews. A preview is deleted when its page is rendered. If that never happens, it
 * stays stored until newer previews replace it.
 */
const MAX_WAITING = 50;

export function storePreview(preview: AppealPreview): string {
  runtime.previews ??= new Map();
  const token = randomBytes(24).toString("base64url");
  runtime.previews.set(token, preview);
  const [oldest] = runtime.previews.keys();
  if (runtime.previews.size > MAX_WAITING && oldest) runtime.previews.delete(oldest);
  return token;
}

export function readPreviewOnce(token: string | string[] | undefined): AppealPreview | null {
  if (typeof token !== "string") return null;
  const preview = runtime.previews?.get(token) ?? null;
  runtime.previews?.delete(token);
  return preview;
}
