import type { Act, FailedAttempt, Gift, OutboxMail, RecurringNote } from "../../../generated/sqlite/client";
import type { Db } from "../../database";
import type { OnceOrRecurringFrequency } from "../../giving/frequency";
import { type PaymentStandingAndKeptAmount, paymentStandingOf } from "../../ledger/payment-standing";
import { type Money, moneyOf } from "../../money";
import {
  type LedgerEntryOfPayment,
  listTimelineSources,
  type PaymentRow,
  type TimelineSourceRows,
} from "./store/timeline";

export type OutboxMailState = "sent" | "waiting" | "given-up";
export type TimelineStaffAct = {
  number: number;
  act: string;
  by: string;
  about: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  words: string | null;
};

export type TimelineEvent = { key: string; at: Date } & (
  | { kind: "gift"; money: Money; frequency: OnceOrRecurringFrequency; article: string | null; placement: string }
  | ({
      kind: "payment";
      paymentId: string;
      money: Money;
      frequency: OnceOrRecurringFrequency;
    } & PaymentStandingAndKeptAmount)
  /**
   * A refund or dispute, or its reversal. `what`: the kind of entry, such as `refund`. `money`: negative if money was
   * returned to the supporter.
   */
  | { kind: "went-back"; what: string; paymentId: string; money: Money }
  | { kind: "failed-attempt"; money: Money; code: string | null; nextAttemptAt: Date | null }
  | { kind: "mail"; mail: string; state: OutboxMailState }
  | { kind: "change"; change: RecurringNote; money: Money | null; before: Money | null; recurringGiftId: string | null }
  | ({ kind: "act" } & TimelineStaffAct)
);

/** A position in the timeline: the last event of the page before. */
export type TimelineCursor = { at: Date; key: string };
export type TimelineEventsWithNextCursor = { events: TimelineEvent[]; next: TimelineCursor | null };

export const TIMELINE_EVENTS_PER_PAGE = 40;
/**
 * How many rows are read from each source at first. This is more than a page shows, because readEvents() leaves out
 * rows that the previous page has already shown.
 */
const FIRST_READ = 2 * TIMELINE_EVENTS_PER_PAGE + 1;

export async function listTimeline(
  db: Db,
  { supporterId, after }: { supporterId: string; after: TimelineCursor | null },
): Promise<TimelineEventsWithNextCursor> {
  for (let limit = FIRST_READ; ; limit *= 2) {
    const { events, isAll } = await readEvents(db, { supporterId, after, limit });
    if (!isAll && events.length <= TIMELINE_EVENTS_PER_PAGE) continue;
    const shown = events.slice(0, TIMELINE_EVENTS_PER_PAGE);
    const last = shown.at(-1);
    return {
      events: shown,
      next: last && events.length > TIMELINE_EVENTS_PER_PAGE ? { at: last.at, key: last.key } : null,
    };
  }
}

type Read = { supporterId: string; after: TimelineCursor | null; limit: number };

/**
 * Reads at most `limit` rows of each source, the newest first. A source that reached the limit may have older rows that
 * were not read. So returns only events that are later than the oldest read row of every such source. `isAll`: true if
 * no source reached the limit.
 */
async function readEvents(
  db: Db,
  { supporterId, after, limit }: Read,
): Promise<{ events: TimelineEvent[]; isAll: boolean }> {
  const sources = eventsOf(await listTimelineSources(db, { supporterId, upTo: after?.at ?? null, limit }));
  const oldest = sources.flatMap((events) => events[limit - 1] ?? []).map(({ at }) => at.getTime());
  const unfinished = Math.max(...oldest);
  const events = sources
    .flat()
    .filter((event) => event.at.getTime() > unfinished && (after === null || newestFirst(after, event) < 0))
    .sort(newestFirst);
  return { events, isAll: oldest.length === 0 };
}

/** Formats a position in the timeline for the page's URL, such as `1764239872000.payment:7Q2H-…`. */
export function formatTimelineCursor({ at, key }: TimelineCursor): string {
  return `${at.getTime()}.${key}`;
}

export function parseTimelineCursor(text: unknown): TimelineCursor | null {
  const [, at = "", key = ""] = /^(\d{1,15})\.([\w:.~-]{1,200})$/.exec(typeof text === "string" ? text : "") ?? [];
  return at ? { at: new Date(Number(at)), key } : null;
}

function newestFirst(a: TimelineCursor, b: TimelineCursor): number {
  return b.at.getTime() - a.at.getTime() || (a.key < b.key ? 1 : a.key > b.key ? -1 : 0);
}

/** Returns a list of events for each source, each newest first. */
function eventsOf(sources: TimelineSourceRows): TimelineEvent[][] {
  const giftIds = new Map(sources.gifts.map(({ id, subscriptionId }) => [subscriptionId, id]));
  return [
    sources.startedGifts.map(giftEvent),
    sources.payments.map(paymentEvent),
    sources.entries.map(entryEvent),
    sources.attempts.map(attemptEvent),
    sources.mails.map(mailEvent),
    sources.notes.map((note) => changeEvent(note, giftIds.get(note.subscriptionId) ?? null)),
    sources.acts.map(actEvent),
  ];
}

function giftEvent({ id, createdAt, amountMinor, currency, frequency, article, placement }: Gift): TimelineEvent {
  const money = moneyOf(amountMinor, currency);
  const gift = { money, frequency: frequency as OnceOrRecurringFrequency, article, placement };
  return { key: `gift:${id}`, at: createdAt, kind: "gift", ...gift };
}

function paymentEvent(row: PaymentRow): TimelineEvent {
  const { id, paidAt, amountMinor, currency } = row;
  const payment = { paymentId: id, money: moneyOf(amountMinor, currency), ...paymentStandingOf(row) };
  return {
    ...{ key: `payment:${id}`, at: paidAt, kind: "payment" },
    ...payment,
    frequency: row.frequency as OnceOrRecurringFrequency,
  };
}

function entryEvent({
  key,
  kind: what,
  paymentId,
  amountMinor,
  currency,
  occurredAt: at,
}: LedgerEntryOfPayment): TimelineEvent {
  return { key: `entry:${key}`, at, kind: "went-back", what, paymentId, money: moneyOf(amountMinor, currency) };
}

function attemptEvent({ key, failedAt, amountMinor, currency, code, nextAttemptAt }: FailedAttempt): TimelineEvent {
  const money = moneyOf(amountMinor, currency);
  return { key: `attempt:${key}`, at: failedAt, kind: "failed-attempt", money, code, nextAttemptAt };
}

function mailEvent({ id, kind: mail, queuedAt, sentAt, sendAfter }: OutboxMail): TimelineEvent {
  const state = sentAt ? "sent" : sendAfter ? "waiting" : "given-up";
  return { key: `mail:${id}`, at: sentAt ?? queuedAt, kind: "mail", mail, state };
}

function changeEvent(note: RecurringNote, recurringGiftId: string | null): TimelineEvent {
  const { key, notedAt, amountMinor, beforeMinor, currency } = note;
  const money = (minor: bigint | null) => (minor !== null && currency ? moneyOf(minor, currency) : null);
  const amounts = { money: money(amountMinor), before: money(beforeMinor) };
  return { key: `change:${key}`, at: notedAt, kind: "change", change: note, ...amounts, recurringGiftId };
}

function actEvent({ number, at, kind: act, by, about, before, after, reason: words }: Act): TimelineEvent {
  const shown = { number, act, by, about, before: parse(before), after: parse(after), words };
  return { key: `act:${String(number).padStart(12, "0")}`, at, kind: "act", ...shown };
}

function parse(json: string | null): Record<string, unknown> | null {
  return json === null ? null : (JSON.parse(json) as Record<string, unknown>);
}
