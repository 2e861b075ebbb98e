// How many gifts may be begun before a reader is asked to wait a little. Testing stolen cards takes thousands of tries and small
// amounts; readers come one by one, or fifty at once behind one exit of Tor. Nobody is turned away for what others do.

import { type Money, money } from "../money";
import type { Publication } from "../publication";
import { FREQUENCIES } from "./gift";

export const WINDOW_MINUTES = 10;

type Budget = {
  /** Begun in a window without a wait. */
  free: number;
  /** Those after them stand in line, one behind the other. */
  slotSeconds: number;
  /** The longest line; those after it are asked to come back in the next window. */
  mostInLine: number;
};

/** Of one address and of its neighbours (/24 or /48). Of fifty who begin at once at one address the last waits 80 seconds. */
export const LINES = {
  client: { free: 10, slotSeconds: 2, mostInLine: 60 },
  network: { free: 40, slotSeconds: 1, mostInLine: 240 },
} as const satisfies Record<string, Budget>;

/** Of the whole site. Above it everybody waits the same few seconds, and nobody is asked to come back. */
export const SITE_WIDE = {
  small: { free: 60, waitSeconds: 10 },
  all: { free: 600, waitSeconds: 10 },
} as const;

/** A field that no reader sees was filled in. A program did it, or a helpful browser: wait, and give. */
export const HIDDEN_FIELD_WAIT_SECONDS = 30;

export type Wait = { kind: "none" } | { kind: "seconds"; seconds: number } | { kind: "next-window" };

/** `count`: how many have begun in this window, this one among them. */
export function waitInLine(count: number, { free, slotSeconds, mostInLine }: Budget): Wait {
  const place = count - free;
  if (place <= 0) return { kind: "none" };
  return place > mostInLine ? { kind: "next-window" } : { kind: "seconds", seconds: place * slotSeconds };
}

export function waitForAll(count: number, { free, waitSeconds }: { free: number; waitSeconds: number }): Wait {
  return count > free ? { kind: "seconds", seconds: waitSeconds } : { kind: "none" };
}

export function longerWait(one: Wait, other: Wait): Wait {
  const rank = (wait: Wait) => (wait.kind === "next-window" ? Number.POSITIVE_INFINITY : secondsOf(wait));
  return rank(other) > rank(one) ? other : one;
}

/** The amounts by which cards are tried out: not above the smallest that we offer. */
export function isSmall(amount: Money, { presetAmounts }: Pick<Publication, "presetAmounts">): boolean {
  const offered = FREQUENCIES.flatMap((frequency) => presetAmounts[amount.currency][frequency]);
  return amount.amountMinor <= Math.min(...offered.map((text) => money(text, amount.currency).amountMinor));
}

function secondsOf(wait: Wait): number {
  return wait.kind === "seconds" ? wait.seconds : 0;
}
