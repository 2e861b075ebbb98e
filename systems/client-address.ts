// Whose request is it? Only what our own proxies wrote is believed, so the list is counted from its right end; with no
// proxy of ours before the site, nobody's word is taken. The address never leaves memory (systems/rate-limit.ts hashes it).
import { isIPv4, isIPv6 } from "node:net";

/** `trustedHops`: how many proxies of ours stand before the site. Null where the address cannot be known. */
export function clientAddress(headers: Headers, trustedHops: number): string | null {
  if (trustedHops < 1) return null;
  const entries = (headers.get("x-forwarded-for") ?? "").split(",").map((entry) => entry.trim());
  return networkOf(entries.at(-trustedHops) ?? "");
}

/** A household has one IPv4 address, but 2^64 of IPv6: those count as one. */
function networkOf(address: string): string | null {
  if (isIPv4(address)) return address;
  if (!isIPv6(address)) return null;
  const [, mapped] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address) ?? [];
  return mapped ?? sixtyFourBits(address);
}

/** The network around a client that `clientAddress` found: an attacker who rents one address often has the rest of it. */
export function neighbours(client: string): string {
  if (isIPv4(client)) return `${client.split(".").slice(0, 3).join(".")}.0/24`;
  return `${client.split(":").slice(0, 3).join(":")}::/48`;
}

function sixtyFourBits(address: string): string {
  const [head = "", tail] = new URL(`http://[${address.replace(/%.*$/, "")}]`).hostname.slice(1, -1).split("::");
  const groups = head.split(":").filter(Boolean);
  const after = tail?.split(":").filter(Boolean) ?? [];
  const zeros = Array<string>(tail === undefined ? 0 : 8 - groups.length - after.length).fill("0");
  return `${[...groups, ...zeros, ...after].slice(0, 4).join(":")}::/64`;
}
