import { expect, it } from "vitest";
import { clientAddress, networkOf } from "./client-address";

function via(forwardedFor: string, trustedHops: number): string | null {
  return clientAddress(new Headers({ "x-forwarded-for": forwardedFor }), trustedHops);
}

it("believes nobody where no proxy of ours stands before the site", () => {
  expect(via("203.0.113.7", 0)).toBeNull();
});

it("takes the entry that the outermost of our proxies wrote, whatever the client put before it", () => {
  expect(via("1.1.1.1, 203.0.113.7", 1)).toBe("203.0.113.7");
  expect(via("1.1.1.1, 203.0.113.7, 10.0.0.1", 2)).toBe("203.0.113.7");
});

it("knows no address where there are fewer entries than proxies, or no address in the entry", () => {
  expect(via("203.0.113.7", 2)).toBeNull();
  expect(via("unknown", 1)).toBeNull();
  expect(clientAddress(new Headers(), 1)).toBeNull();
});

it("counts an IPv6 network of 64 bits as one client", () => {
  expect(via("2001:db8:1:2:aaaa::1", 1)).toBe("2001:db8:1:2::/64");
  expect(via("2001:0db8:0001:0002:0:0:0:9", 1)).toBe("2001:db8:1:2::/64");
  expect(via("2001:db8::1", 1)).toBe("2001:db8:0:0::/64");
  expect(via("::1", 1)).toBe("0:0:0:0::/64");
  expect(via("fe80::1%eth0", 1)).toBe("fe80:0:0:0::/64");
  expect(via("::ffff:203.0.113.7", 1)).toBe("203.0.113.7");
});

it("knows the networkOf of a client: 256 addresses of IPv4, 65,536 networks of IPv6", () => {
  expect(networkOf("203.0.113.7")).toBe("203.0.113.0/24");
  expect(networkOf("2001:db8:1:2::/64")).toBe("2001:db8:1::/48");
  expect(networkOf("2001:db8:1:ffff::/64")).toBe("2001:db8:1::/48");
});
