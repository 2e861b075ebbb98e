// Chooses the content coding of a page from a request's Accept-Encoding (RFC 9110, 12.5.3).
import "server-only";

export type Coding = "br" | "gzip" | "identity";

/** Our order among codings that the reader accepts equally: the shortest bytes first. */
const OURS: Coding[] = ["br", "gzip", "identity"];
const ENTRY = /^([!#$%&'*+.^_`|~0-9a-z-]+)(?:\s*;\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?$/;

/** Browsers send a handful of values. The limits keep a stranger's values from filling the memory. */
const MOST_KNOWN = 100;
const LONGEST_KNOWN = 100;
const known = new Map<string, Coding>();

/** Ignores an entry that cannot be read. If the reader refuses every coding, the page is sent uncompressed. */
export function codingOf(accepted = ""): Coding {
  const found = known.get(accepted);
  if (found) return found;
  const coding = parse(accepted);
  if (known.size < MOST_KNOWN && accepted.length <= LONGEST_KNOWN) known.set(accepted, coding);
  return coding;
}

function parse(accepted: string): Coding {
  const wishes = new Map<string, number>();
  for (const entry of accepted.toLowerCase().split(",")) {
    const [, name, weight = "1"] = ENTRY.exec(entry.trim()) ?? [];
    if (name) wishes.set(name === "x-gzip" ? "gzip" : name, Number(weight));
  }
  const weightOf = (coding: Coding) => wishes.get(coding) ?? wishes.get("*") ?? 0;
  const best = OURS.reduce((one, other) => (weightOf(other) > weightOf(one) ? other : one));
  return weightOf(best) > 0 ? best : "identity";
}
