import { invalidRequest } from "./errors";
import { metadata } from "./params";

export const METADATA_PARAM = metadata();

const MAX_KEYS = 50;

export function withoutEmptyValues(changes: Record<string, string> | null | undefined): Record<string, string> {
  const entries = Object.entries(changes ?? {}).filter(([, value]) => value !== "");
  if (entries.length > MAX_KEYS)
    throw invalidRequest(`Metadata can hold at most ${MAX_KEYS} keys.`, { param: "metadata" });
  return Object.fromEntries(entries);
}

/**
 * Returns the metadata with the changes. As at Stripe, the value "" removes its key. If `changes` is null, removes all
 * keys, because the request sent "" as the whole metadata.
 */
export function mergeMetadata(
  current: Record<string, string>,
  changes: Record<string, string> | null | undefined,
): Record<string, string> {
  if (changes === undefined) return current;
  if (changes === null) return {};
  return withoutEmptyValues({ ...current, ...changes });
}
