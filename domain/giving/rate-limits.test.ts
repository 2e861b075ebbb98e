import { expect, test } from "vitest";
import { money } from "../money";
import { testPublication as publication } from "../testing/test-publication";
import {
  giftWaitByIpLimit,
  giftWaitBySiteWideLimit,
  IP_LIMITS,
  isAtMostSmallestPreset,
  longerWait,
  SITE_WIDE_GIFT_RATE_LIMITS,
} from "./rate-limits";

test("of fifty readers behind one IP address who start at once, ten continue, forty wait, and nobody is refused", () => {
  const waits = Array.from({ length: 50 }, (_, i) =>
    longerWait(giftWaitByIpLimit(i + 1, IP_LIMITS.client), giftWaitByIpLimit(i + 1, IP_LIMITS.network)),
  );
  expect(waits.slice(0, 10)).toEqual(Array(10).fill({ kind: "none" }));
  expect(waits.slice(10)).toEqual(Array.from({ length: 40 }, (_, i) => ({ kind: "seconds", seconds: 2 * (i + 1) })));
});

test("an IP address starts at most 70 gifts in ten minutes, and its network 280", () => {
  expect(giftWaitByIpLimit(70, IP_LIMITS.client).kind).toBe("seconds");
  expect(giftWaitByIpLimit(71, IP_LIMITS.client).kind).toBe("next-window");
  expect(giftWaitByIpLimit(280, IP_LIMITS.network).kind).toBe("seconds");
  expect(giftWaitByIpLimit(281, IP_LIMITS.network).kind).toBe("next-window");
});

test("the site-wide limit makes a reader wait at most ten seconds", () => {
  expect(giftWaitBySiteWideLimit(600, SITE_WIDE_GIFT_RATE_LIMITS.all)).toEqual({ kind: "none" });
  expect(giftWaitBySiteWideLimit(1_000_000, SITE_WIDE_GIFT_RATE_LIMITS.all)).toEqual({ kind: "seconds", seconds: 10 });
});

test("chooses the longer of two waits", () => {
  const [none, short, long, later] = [
    { kind: "none" },
    { kind: "seconds", seconds: 2 },
    { kind: "seconds", seconds: 9 },
    { kind: "next-window" },
  ] as const;
  expect(longerWait(short, long)).toBe(long);
  expect(longerWait(long, none)).toBe(long);
  expect(longerWait(later, long)).toBe(later);
});

test("an amount up to the smallest preset is small", () => {
  expect(isAtMostSmallestPreset(money("5", "USD"), publication)).toBe(true);
  expect(isAtMostSmallestPreset(money("5.01", "USD"), publication)).toBe(false);
  expect(isAtMostSmallestPreset(money("700", "JPY"), publication)).toBe(true);
  expect(isAtMostSmallestPreset(money("1.5", "KWD"), publication)).toBe(true);
});
