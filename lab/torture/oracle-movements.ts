// Computes, for the end of each day, the total yearly value of all recurring gifts. Uses Stripe's subscription events
// in the order in which Stripe created them. The ledger's stored changes must add up to the same totals, even if the
// events arrived in another order.
import type Stripe from "stripe";
import { publication } from "../../publication";
import type { Db } from "../../systems/database";

const A_YEAR: Record<string, number> = { day: 365, week: 52, month: 12, year: 1 };
const THIRTY_DAYS_S = 30 * 86_400;
const dayFormat = new Intl.DateTimeFormat("sv-SE", { timeZone: publication.timeZone });

/** `at`: a time in seconds. `yearMinor`: the yearly value of one gift from then on. */
type Change = { at: number; currency: string; yearMinor: number };

/**
 * Returns a line for each day on which the total yearly value of all recurring gifts in a currency changed. The line
 * states this value at the end of that day.
 */
export async function recurringValuesFromStripe(stripe: Stripe, isOwn: (subscription: Stripe.Subscription) => boolean) {
  const lives = new Map<string, Stripe.Event[]>();
  const events: Stripe.Event[] = [];
  for await (const event of stripe.events.list({ limit: 100 })) events.push(event);
  for (const event of events.reverse()) {
    if (!event.type.startsWith("customer.subscription.")) continue;
    const subscription = event.data.object as Stripe.Subscription;
    if (isOwn(subscription)) lives.set(subscription.id, [...(lives.get(subscription.id) ?? []), event]);
  }
  return linesOf([...lives.values()].map(valuesOfGift));
}

export async function dailyRecurringValuesFromMovements(db: Db): Promise<string[]> {
  const rows = await db.recurringMovement.findMany({ orderBy: [{ subscriptionId: "asc" }, { position: "asc" }] });
  const sums = new Map<string, bigint>();
  const values = rows.map(({ subscriptionId, movedAt, currency, yearMinor }) => {
    const value = (sums.get(subscriptionId) ?? 0n) + yearMinor;
    sums.set(subscriptionId, value);
    return { subscriptionId, at: movedAt.getTime() / 1000, currency, yearMinor: Number(value) };
  });
  return linesOf([...sums.keys()].map((id) => values.filter(({ subscriptionId }) => subscriptionId === id)));
}

/** Computes the same lines as recurringValuesFromStripe(), but from the sums that the ledger stores. */
export async function recurringValuesFromMovementTotals(db: Db): Promise<string[]> {
  const rows = await db.movementTotal.findMany({ where: { period: "day", by: "kind" }, orderBy: { start: "asc" } });
  const sums = new Map<string, number>();
  const lines = new Map<string, string>();
  for (const { start, currency, yearMinor } of rows) {
    const before = sums.get(currency) ?? 0;
    sums.set(currency, before + Number(yearMinor));
    lines.set(`${start} ${currency}`, `${start} ${currency} ${sums.get(currency)}`);
  }
  return changesOnly([...lines.values()]);
}

/**
 * Returns a line for each fault in the ledger's movements and their sums. There must never be a fault, even if only
 * some events have arrived.
 */
export async function findWrongRecurringMovements(db: Db): Promise<string[]> {
  const [rows, sums] = [await dailyRecurringValuesFromMovements(db), await recurringValuesFromMovementTotals(db)];
  const gifts = await db.recurringGift.findMany({ where: { status: "active", startedAt: { not: null } } });
  const worth = new Map<string, number>();
  for (const { currency, amountMinor, frequency } of gifts)
    worth.set(currency, (worth.get(currency) ?? 0) + yearly(Number(amountMinor), rhythmOf(frequency)));
  const last = new Map(sums.map((each) => each.split(" ")).map(([, currency, value]) => [currency, Number(value)]));
  const currencies = new Set([...worth.keys(), ...last.keys()]);
  return [
    ...(await findWrongDebts(db)),
    ...rows.filter((each) => !sums.includes(each)).map((each) => `movements: the rows contain ${each}`),
    ...sums.filter((each) => !rows.includes(each)).map((each) => `movements: the sums contain ${each}`),
    // Compares the last sum with the value of the active gifts. Neither contains overdue gifts. An overdue gift has a
    // movement on a future day that makes it lost, and the last sum already includes this movement.
    ...[...currencies].flatMap((currency) => {
      const [ours, theirs] = [last.get(currency) ?? 0, worth.get(currency as string) ?? 0];
      return ours === theirs
        ? []
        : [`movements in ${currency} come to ${ours}, and the running gifts are worth ${theirs}`];
    }),
  ];
}

/**
 * Returns a line for each gift whose `overdueSince` does not fit its status: it must be set exactly while the status is
 * past_due or unpaid.
 */
async function findWrongDebts(db: Db): Promise<string[]> {
  const gifts = await db.recurringGift.findMany({ where: { startedAt: { not: null } } });
  return gifts.flatMap(({ subscriptionId, status, overdueSince }) => {
    const owes = status === "past_due" || status === "unpaid";
    return owes === (overdueSince !== null) ? [] : [`${subscriptionId} is ${status} and overdue since ${overdueSince}`];
  });
}

function valuesOfGift(events: Stripe.Event[]): Change[] {
  const changes: Change[] = [];
  let [overdueSince, isLost, isCounted] = [null as number | null, false, false];
  for (const { created, data } of events) {
    const subscription = data.object as Stripe.Subscription;
    const { status, pause_collection: pause, currency, start_date: start, ended_at: endedAt } = subscription;
    if (status === "incomplete" || status === "incomplete_expired") continue;
    const at = isCounted ? (endedAt ?? created) : start;
    if (overdueSince !== null && at >= overdueSince + THIRTY_DAYS_S && !isLost) {
      changes.push({ at: overdueSince + THIRTY_DAYS_S, currency: currency.toUpperCase(), yearMinor: 0 });
      isLost = true;
    }
    overdueSince = status === "past_due" && !pause ? (overdueSince ?? at) : null;
    isLost = status === "unpaid" || (isLost && status === "past_due");
    const isWorth = !isLost && !pause && status !== "canceled";
    changes.push({ at, currency: currency.toUpperCase(), yearMinor: isWorth ? giftValue(subscription) : 0 });
    isCounted = true;
  }
  const last = changes.at(-1);
  return overdueSince === null || isLost || !last
    ? changes
    : [...changes, { ...last, at: overdueSince + THIRTY_DAYS_S, yearMinor: 0 }];
}

function giftValue({ items }: Stripe.Subscription): number {
  const [first] = items.data;
  const amount = items.data.reduce((sum, { price, quantity }) => sum + (price.unit_amount ?? 0) * (quantity ?? 1), 0);
  const { interval = "month", interval_count: count = 1 } = first?.price.recurring ?? {};
  return yearly(amount, { interval, count });
}

function yearly(amount: number, { interval, count }: { interval: string; count: number }): number {
  return Math.floor((amount * (A_YEAR[interval] ?? 0)) / count);
}

function rhythmOf(frequency: string) {
  const [, count, interval] = /^every-(\d+)-(\w+)$/.exec(frequency) ?? [];
  if (count && interval) return { interval, count: Number(count) };
  return { interval: frequency === "yearly" ? "year" : "month", count: 1 };
}

function linesOf(gifts: Change[][]): string[] {
  const days = new Map<string, number>();
  for (const changes of gifts) {
    let before = 0;
    for (const { at, currency, yearMinor } of changes) {
      const name = `${dayFormat.format(at * 1000)} ${currency}`;
      days.set(name, (days.get(name) ?? 0) + yearMinor - before);
      before = yearMinor;
    }
  }
  const sums = new Map<string, number>();
  const lines = [...days]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, change]) => {
      const currency = name.split(" ")[1] ?? "";
      sums.set(currency, (sums.get(currency) ?? 0) + change);
      return `${name} ${sums.get(currency)}`;
    });
  return changesOnly(lines);
}

function changesOnly(lines: string[]): string[] {
  const before = new Map<string, string>();
  return lines
    .filter((each) => {
      const [, currency = "", value = ""] = each.split(" ");
      const isNew = (before.get(currency) ?? "0") !== value;
      before.set(currency, value);
      return isNew;
    })
    .sort();
}
