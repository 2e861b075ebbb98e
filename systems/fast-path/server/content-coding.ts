// Chooses the compression of a response from Accept-Encoding (RFC 9110, 12.5.3).
import "server-only";

export type ContentCoding = "br" | "gzip" | "identity";

/**
 * The order of preference among codings that the browser accepts equally. The coding that gives the smallest response
 * comes first.
 */
const PREFERRED: ContentCoding[] = ["br", "gzip", "identity"];
const ENTRY = /^([!#$%&'*+.^_`|~0-9a-z-]+)(?:\s*;\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?$/;

/**
 * The maximum number of Accept-Encoding values that are remembered. Browsers send few different values. A stranger who
 * sends many must not fill the memory.
 */
const MAX_KNOWN = 100;
const MAX_KNOWN_LENGTH = 100;
const codings = new Map<string, ContentCoding>();

/**
 * Returns the coding for an Accept-Encoding header. Ignores an entry that cannot be parsed. If the reader refuses every
 * coding, the page is sent uncompressed.
 */
export function chooseContentCoding(accepted = ""): ContentCoding {
  const found = codings.get(accepted);
  if (found) return found;
  const coding = parse(accepted);
  if (codings.size < MAX_KNOWN && accepted.length <= MAX_KNOWN_LENGTH) codings.set(accepted, coding);
  return coding;
}

function parse(accepted: string): ContentCoding {
  const weights = new Map<string, number>();
  for (const entry of accepted.toLowerCase().split(",")) {
    const [, name, weight = "1"] = ENTRY.exec(entry.trim()) ?? [];
    if (name) weights.set(name === "x-gzip" ? "gzip" : name, Number(weight));
  }
  const weightOf = (coding: ContentCoding) => weights.get(coding) ?? weights.get("*") ?? 0;
  const best = PREFERRED.reduce((one, other) => (weightOf(other) > weightOf(one) ? other : one));
  return weightOf(best) > 0 ? best : "identity";
}
