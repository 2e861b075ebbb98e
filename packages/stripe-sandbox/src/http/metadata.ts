// Metadata: Stripe merges what a call sends into what is there.
import { invalid } from "./errors";
import { metadata } from "./params";

export const META = metadata();

const MOST_KEYS = 50;

/** Without the keys that are to be removed. What stays on one object is limited, however many calls it came by. */
export function withoutEmpty(given: Record<string, string> | null | undefined): Record<string, string> {
  const entries = Object.entries(given ?? {}).filter(([, value]) => value !== "");
  if (entries.length > MOST_KEYS) throw invalid(`Metadata can hold at most ${MOST_KEYS} keys.`, { param: "metadata" });
  return Object.fromEntries(entries);
}

/** Stripe's merge: named keys are set, "" removes one, the whole as "" removes all. */
export function mergeMetadata(
  current: Record<string, string>,
  given: Record<string, string> | null | undefined,
): Record<string, string> {
  if (given === undefined) return current;
  if (given === null) return {};
  return withoutEmpty({ ...current, ...given });
}
