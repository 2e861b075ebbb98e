// The IP address of a request's client. Only our own proxies are trusted, so X-Forwarded-For is read from its right end. Without a
// proxy of ours the header is ignored. The address stays in memory (systems/rate-limit.ts stores a keyed hash).
import "server-only";
import { isIPv4, isIPv6 } from "node:net";

/** `trustedHops`: the number of our own proxies in front of the site. Returns null if the address cannot be known. */
export function clientAddress(headers: Headers, trustedHops: number): string | null {
  if (trustedHops < 1) return null;
  const entries = (headers.get("x-forwarded-for") ?? "").split(",").map((entry) => entry.trim());
  return householdOf(entries.at(-trustedHops) ?? "");
}

/** A household usually has one IPv4 address, but 2^64 IPv6 addresses, which count as one client. */
function householdOf(address: string): string | null {
  if (isIPv4(address)) return address;
  if (!isIPv6(address)) return null;
  const [, mapped] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address) ?? [];
  return mapped ?? firstSixtyFourBits(address);
}

/**
 * The /24 or /48 network of an address returned by `clientAddress`. An attacker who rents one address often controls its neighbours
 * too.
 */
export function networkOf(client: string): string {
  if (isIPv4(client)) return `${client.split(".").slice(0, 3).join(".")}.0/24`;
  return `${client.split(":").slice(0, 3).join(":")}::/48`;
}

function firstSixtyFourBits(address: string): string {
  const [head = "", tail] = new URL(`http://[${address.replace(/%.*$/, "")}]`).hostname.slice(1, -1).split("::");
  const groups = head.split(":").filter(Boolean);
  const after = tail?.split(":").filter(Boolean) ?? [];
  const zeros = Array<string>(tail === undefined ? 0 : 8 - groups.length - after.length).fill("0");
  return `${[...groups, ...zeros, ...after].slice(0, 4).join(":")}::/64`;
}
