import { expect, it } from "vitest";
import { clientIpAddressOrNetwork, networkOf } from "./client-address";

function via(forwardedFor: string, trustedHops: number): string | null {
  return clientIpAddressOrNetwork(new Headers({ "x-forwarded-for": forwardedFor }), trustedHops);
}

it("ignores the header if the newsroom has no proxy in front of the site", () => {
  expect(via("203.0.113.7", 0)).toBeNull();
});

it("uses the entry that the newsroom's outermost proxy wrote, and ignores entries before it", () => {
  expect(via("1.1.1.1, 203.0.113.7", 1)).toBe("203.0.113.7");
  expect(via("1.1.1.1, 203.0.113.7, 10.0.0.1", 2)).toBe("203.0.113.7");
});

it("returns null if there are fewer entries than proxies, or the entry is not an IP address", () => {
  expect(via("203.0.113.7", 2)).toBeNull();
  expect(via("unknown", 1)).toBeNull();
  expect(clientIpAddressOrNetwork(new Headers(), 1)).toBeNull();
});

it("counts an IPv6 network of 64 bits as one client", () => {
  expect(via("2001:db8:1:2:aaaa::1", 1)).toBe("2001:db8:1:2::/64");
  expect(via("2001:0db8:0001:0002:0:0:0:9", 1)).toBe("2001:db8:1:2::/64");
  expect(via("2001:db8::1", 1)).toBe("2001:db8:0:0::/64");
  expect(via("::1", 1)).toBe("0:0:0:0::/64");
  expect(via("fe80::1%eth0", 1)).toBe("fe80:0:0:0::/64");
  expect(via("::ffff:203.0.113.7", 1)).toBe("203.0.113.7");
});

it("finds the network of a client: a /24 in IPv4, a /48 in IPv6", () => {
  expect(networkOf("203.0.113.7")).toBe("203.0.113.0/24");
  expect(networkOf("2001:db8:1:2::/64")).toBe("2001:db8:1::/48");
  expect(networkOf("2001:db8:1:ffff::/64")).toBe("2001:db8:1::/48");
});
