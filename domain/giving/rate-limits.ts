// Limits the number of gifts that start. People who test stolen cards need thousands of attempts with small amounts.
// Readers come one by one, or at most about fifty at once behind one Tor exit.
import { FREQUENCIES } from "../frequencies";
import { type Money, money } from "../money";
import { type Publication, presetAmounts } from "../publication";

export const RATE_LIMIT_WINDOW_MINUTES = 10;

type Budget = {
  /** The number of gifts in one time window that start without a wait. */
  free: number;
  /** After the `free` gifts, each gift waits this much longer than the gift before it. */
  slotSeconds: number;
  /**
   * The maximum number of gifts that wait. Readers with further gifts are asked to come back in the next time window.
   */
  maxInLine: number;
};

/**
 * Limits per IP address and network (/24 or /48). If fifty readers with one IP address start at once, the last one
 * waits 80 seconds.
 */
export const IP_LIMITS = {
  client: { free: 10, slotSeconds: 2, maxInLine: 60 },
  network: { free: 40, slotSeconds: 1, maxInLine: 240 },
} as const satisfies Record<string, Budget>;

/**
 * Limits of the whole site. `small`: counts gifts with a small amount (isAtMostSmallestPreset). `all`: counts all
 * gifts. After the `free` gifts of a time window, each gift waits `waitSeconds`. No reader is asked to come back later.
 */
export const SITE_WIDE_GIFT_RATE_LIMITS = {
  small: { free: 60, waitSeconds: 10 },
  all: { free: 600, waitSeconds: 10 },
} as const;

/** The wait if a field that is hidden from readers was filled in, by a bot or by a browser's autofill. */
export const WAIT_SECONDS_IF_HONEYPOT_FILLED = 30;

export type GiftWait = { kind: "none" } | { kind: "seconds"; seconds: number } | { kind: "next-window" };

/**
 * Returns how long a gift must wait. `count`: how many gifts the same IP address or network has started in this time
 * window, including this gift.
 */
export function giftWaitByIpLimit(count: number, { free, slotSeconds, maxInLine }: Budget): GiftWait {
  const place = count - free;
  if (place <= 0) return { kind: "none" };
  return place > maxInLine ? { kind: "next-window" } : { kind: "seconds", seconds: place * slotSeconds };
}

export function giftWaitBySiteWideLimit(
  count: number,
  { free, waitSeconds }: { free: number; waitSeconds: number },
): GiftWait {
  return count > free ? { kind: "seconds", seconds: waitSeconds } : { kind: "none" };
}

export function longerWait(one: GiftWait, other: GiftWait): GiftWait {
  const rank = (wait: GiftWait) => (wait.kind === "next-window" ? Number.POSITIVE_INFINITY : secondsOf(wait));
  return rank(other) > rank(one) ? other : one;
}

/** Returns true for an amount up to the smallest preset amount in its currency, or if there are no presets. */
export function isAtMostSmallestPreset(amount: Money, publication: Pick<Publication, "currencies">): boolean {
  const { currency, amountMinor } = amount;
  const presets = FREQUENCIES.flatMap((frequency) => presetAmounts(publication, { currency, frequency }));
  return amountMinor <= Math.min(...presets.map((text) => money(text, currency).amountMinor));
}

function secondsOf(wait: GiftWait): number {
  return wait.kind === "seconds" ? wait.seconds : 0;
}
