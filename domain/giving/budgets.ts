// How many gifts may start before a reader has to wait a little. Testing stolen cards takes thousands of tries with small amounts.
// Readers come one by one, or fifty at once behind one Tor exit. Nobody is turned away for what others do.

import { type Money, money } from "../money";
import { type Publication, presetAmounts } from "../publication";
import { FREQUENCIES } from "./gift";

export const WINDOW_MINUTES = 10;

type Budget = {
  /** Gifts that start in one window without a wait. */
  free: number;
  /** The wait of each further start is this much longer than that of the start before. */
  slotSeconds: number;
  /** The longest queue. Readers beyond it are asked to come back in the next window. */
  mostInLine: number;
};

/** Limits per client address and per network (/24 or /48). Of fifty readers who start at once at one address, the last waits 80 seconds. */
export const QUEUE_LIMITS = {
  client: { free: 10, slotSeconds: 2, mostInLine: 60 },
  network: { free: 40, slotSeconds: 1, mostInLine: 240 },
} as const satisfies Record<string, Budget>;

/** Limits for the whole site. Above them everybody waits the same few seconds, and nobody is asked to come back. */
export const SITE_WIDE_LIMITS = {
  small: { free: 60, waitSeconds: 10 },
  all: { free: 600, waitSeconds: 10 },
} as const;

/** The wait after a field that readers do not see was filled in, by a program or by a helpful browser. */
export const HIDDEN_FIELD_WAIT_SECONDS = 30;

export type Wait = { kind: "none" } | { kind: "seconds"; seconds: number } | { kind: "next-window" };

/** `count`: gifts that started in this window, this one included. */
export function waitInQueue(count: number, { free, slotSeconds, mostInLine }: Budget): Wait {
  const place = count - free;
  if (place <= 0) return { kind: "none" };
  return place > mostInLine ? { kind: "next-window" } : { kind: "seconds", seconds: place * slotSeconds };
}

export function siteWideWait(count: number, { free, waitSeconds }: { free: number; waitSeconds: number }): Wait {
  return count > free ? { kind: "seconds", seconds: waitSeconds } : { kind: "none" };
}

export function longerWait(one: Wait, other: Wait): Wait {
  const rank = (wait: Wait) => (wait.kind === "next-window" ? Number.POSITIVE_INFINITY : secondsOf(wait));
  return rank(other) > rank(one) ? other : one;
}

/** True for an amount up to the smallest preset: stolen cards are tested with small amounts. */
export function isSmallAmount(amount: Money, publication: Pick<Publication, "currencies">): boolean {
  const { currency, amountMinor } = amount;
  const presets = FREQUENCIES.flatMap((frequency) => presetAmounts(publication, { currency, frequency }));
  return amountMinor <= Math.min(...presets.map((text) => money(text, currency).amountMinor));
}

function secondsOf(wait: Wait): number {
  return wait.kind === "seconds" ? wait.seconds : 0;
}
