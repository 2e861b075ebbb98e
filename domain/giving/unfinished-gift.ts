// Decides if the site offers an unfinished gift again. This is a gift whose form the reader has sent, but which is not
// paid as far as the device knows.

import { DEFAULT_MANNERS, hoursInMs } from "../appeal/manners";
import { isInQuietPeriodAfterGift, type QuietPeriodInputs } from "../appeal/quiet-period";
import type { ReaderMemory } from "../appeal/reader-memory";
import { FREQUENCIES, type Frequency } from "../frequencies";
import { type Currency, isStripeCurrency, type Money } from "../money";
import type { PublicationGiftLimits } from "../publication";
import { FREQUENCY_FIELD_VALUES, parseGiftAmount } from "./gift-form";

/** `every`, `currency`, `amount`: the values of the form's fields. `at`: the time at which the form was sent. */
export type UnfinishedGift = { every: string; currency: string; amount: string; at: number };

export type UnfinishedGiftRecallDecision =
  /** It is too early to offer the gift again: its payment page can still be open. */
  | { kind: "early" }
  /**
   * The site must not offer the gift again, and the device must forget it. The gift is missing, unreadable, too old or
   * no longer accepted, or the reader has given lately. Or the reader has closed the banner after sending the form.
   */
  | { kind: "over" }
  | { kind: "recall"; frequency: Frequency; money: Money; amount: string; sentAt: number };

type Question = QuietPeriodInputs & { publication: PublicationGiftLimits };

export function unfinishedGiftRecallOf({ publication, ...remembered }: Question): UnfinishedGiftRecallDecision {
  const { reader, now } = remembered;
  const gift = parseUnfinished(reader.unfinished);
  if (!gift || now < gift.at || now - gift.at >= hoursInMs(24 * DEFAULT_MANNERS.daysOfRecall)) return { kind: "over" };
  if (isInQuietPeriodAfterGift(remembered) || hasAnsweredSince(gift.at, reader)) return { kind: "over" };
  if (now - gift.at < hoursInMs(DEFAULT_MANNERS.hoursBeforeRecall)) return { kind: "early" };
  const { frequency, currency, amount, at: sentAt } = gift;
  const parsed = parseGiftAmount({ text: amount, currency, publication });
  if (!(currency in publication.currencies) || parsed.kind === "refused") return { kind: "over" };
  return { kind: "recall", frequency, money: parsed.money, amount, sentAt };
}

/** Returns true if the reader has closed the banner since `sentAt`. Closing it with "Later today" does not count. */
function hasAnsweredSince(sentAt: number, { closed }: ReaderMemory): boolean {
  return closed !== null && closed.way !== "later" && closed.at >= sentAt;
}

export function withoutUnfinishedGift(reader: ReaderMemory): ReaderMemory {
  return { ...reader, unfinished: undefined };
}

/** Removes the unfinished gift if it was sent at `sentAt`. Keeps a newer gift, for example from another tab. */
export function withoutUnfinishedGiftSentAt(reader: ReaderMemory, sentAt: number): ReaderMemory {
  return parseUnfinished(reader.unfinished)?.at === sentAt ? withoutUnfinishedGift(reader) : reader;
}

type Parsed = { frequency: Frequency; currency: Currency; amount: string; at: number };

function parseUnfinished(value: unknown): Parsed | null {
  if (typeof value !== "object" || value === null) return null;
  const { every, currency, amount, at }: Partial<Record<keyof UnfinishedGift, unknown>> = value;
  const frequency = FREQUENCIES.find((each) => FREQUENCY_FIELD_VALUES[each] === every);
  const isWhole = typeof currency === "string" && typeof amount === "string" && typeof at === "number";
  return frequency && isWhole && isStripeCurrency(currency) ? { frequency, currency, amount, at } : null;
}
