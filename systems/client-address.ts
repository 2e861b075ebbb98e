// Finds the client's IP address. Each proxy appends an address at the right end of X-Forwarded-For. Only the newsroom's
// own proxies are trusted, so only their entries count. Without such a proxy the header is ignored.
import "server-only";
import { isIPv4, isIPv6 } from "node:net";

/**
 * Returns the client's IPv4 address or IPv6 /64 network; null if it cannot be known. `trustedHops`: the number of the
 * newsroom's proxies.
 */
export function clientIpAddressOrNetwork(headers: Headers, trustedHops: number): string | null {
  if (trustedHops < 1) return null;
  const entries = (headers.get("x-forwarded-for") ?? "").split(",").map((entry) => entry.trim());
  return householdOf(entries.at(-trustedHops) ?? "");
}

/**
 * Returns the part of an IP address that identifies a client. It is the whole IPv4 address, or the first 64 bits of an
 * IPv6 address, which a household usually shares.
 */
function householdOf(address: string): string | null {
  if (isIPv4(address)) return address;
  if (!isIPv6(address)) return null;
  const [, mapped] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address) ?? [];
  return mapped ?? firstSixtyFourBits(address);
}

/**
 * Returns the client's /24 (IPv4) or /48 (IPv6) network: an attacker who rents one address often controls its
 * neighbours.
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
