// Lives the planned past, day by day, through the same stories that the Checkout page and the clock tell: only the
// clock is turned back, and only the events that a handler needs are kept.
import type Stripe from "stripe";
import { type Account, accountIdOf, openAccount } from "../account";
import { seededIds } from "../ids";
import { createSession } from "../resources/checkout-sessions";
import { createProduct } from "../resources/products";
import { onlyNameAndEmail } from "../resources/session-collected";
import { cancelNow } from "../resources/subscription-cancel";
import { setCancelAtPeriodEnd } from "../resources/subscription-changes";
import type { Sandbox } from "../sandbox";
import { invoiceDue } from "../stories/collect-invoice";
import { payCheckout } from "../stories/pay-checkout";
import { subscriptionDue } from "../stories/subscription-life";
import { testCardByNumber } from "../test-cards";
import { bufferStore } from "./buffer";
import { type Chance, seededChance } from "./chance";
import { type Beginning, planBeginnings } from "./plan";
import type { HistoryProfile } from "./profile";

/** What a ledger needs to know all that happened. */
const NEEDED = new Set<string>([
  "checkout.session.completed",
  "charge.failed",
  "charge.updated",
  "invoice.paid",
  "invoice.payment_failed",
  "customer.subscription.created",
  "customer.subscription.updated",
  "customer.subscription.deleted",
]);

const CARDS = ["4242424242424242", "4242424242424242", "5555555555554444", "378282246310005", "4000056655665556"];
const DAY = 86_400;
/** A renewal waits an hour as a draft. */
const HOUR = 3_600;

interface Life {
  profile: HistoryProfile;
  chance: Chance;
  endsAt: number;
  payments: number;
  /** What is still to happen, by day. */
  agenda: Map<number, Happening[]>;
  accountAt(at: number): Account;
}

interface Happening {
  at: number;
  happen(life: Life): void;
}

/** Makes the whole past in one transaction; answers how many payments it holds. */
export function liveHistory(sandbox: Sandbox, profile: HistoryProfile): number {
  const endsAt = profile.endsAt ?? sandbox.now();
  const id = accountIdOf(profile.key);
  const buffer = bufferStore(sandbox.store);
  const newId = seededIds(`${id}:${profile.seed}`);
  const { livemode, baseUrl } = sandbox.account(id);
  const common = { id, livemode, baseUrl, newId, emits: (type: string) => NEEDED.has(type) };
  const accountAt = (at: number) => openAccount(buffer.store, { ...common, now: () => at });
  const chance = seededChance(profile.seed);
  const life: Life = { profile, chance, endsAt, payments: 0, agenda: new Map(), accountAt };
  const beginnings = planBeginnings(profile, chance, endsAt);
  const first = (beginnings[0]?.at ?? endsAt) - DAY;
  const { product } = profile;
  if (!accountAt(first).find("product", product.id)) createProduct(accountAt(first), product);
  for (const beginning of beginnings) plan(life, { at: beginning.at, happen: () => begin(life, beginning) });
  for (let day = dayOf(first); day <= dayOf(endsAt); day += 1) liveDay(life, day);
  buffer.flush();
  return life.payments;
}

function dayOf(at: number): number {
  return Math.floor(at / DAY);
}

function plan(life: Life, happening: Happening): void {
  if (happening.at > life.endsAt) return;
  const day = life.agenda.get(dayOf(happening.at)) ?? [];
  day.push(happening);
  life.agenda.set(dayOf(happening.at), day);
}

function liveDay(life: Life, day: number): void {
  const today = life.agenda.get(day)?.sort((a, b) => a.at - b.at) ?? [];
  life.agenda.delete(day);
  for (const { happen } of today) happen(life);
}

function begin(life: Life, beginning: Beginning): void {
  const account = life.accountAt(beginning.at);
  const { giftIdKey, product } = life.profile;
  const metadata = giftIdKey ? { ...beginning.metadata, [giftIdKey]: account.newId("gift_") } : beginning.metadata;
  const session = createSession(account, sessionForm(beginning, { metadata, product: product.id }));
  const collected = onlyNameAndEmail(beginning.email, beginning.name);
  const payWith = (number: string) => {
    const card = { kind: "card" as const, card: testCardByNumber(number), expiryMonth: 12, expiryYear: 2034 };
    return payCheckout(account, session.id, { means: card, collected });
  };
  // Some first try a card that their bank declines.
  if (life.chance.happens(0.04)) payWith("4000000000009995");
  const paid = payWith(life.chance.pick(CARDS));
  if (paid.kind !== "paid") throw new Error(`history: ${session.id} was not paid`);
  life.payments += 1;
  if (typeof paid.session.subscription === "string")
    planPeriod(life, account.get("subscription", paid.session.subscription), beginning);
}

function sessionForm(
  { interval, currency, amount }: Beginning,
  given: { metadata: Record<string, string>; product: string },
) {
  const { metadata, product } = given;
  const price = { currency, unit_amount: String(amount), product };
  const common = { success_url: "https://example.org/thank-you", metadata };
  if (interval === "once")
    return { ...common, mode: "payment", line_items: [{ price_data: price }], payment_intent_data: { metadata } };
  const line = { price_data: { ...price, recurring: { interval } } };
  return { ...common, mode: "subscription", line_items: [line], subscription_data: { metadata } };
}

/** The period's end, and perhaps a change of mind before it. */
function planPeriod(life: Life, subscription: Stripe.Subscription, beginning: Beginning): void {
  const item = subscription.items.data[0];
  if (!item) return;
  const { current_period_start: start, current_period_end: end } = item;
  const { dueAt: notice } = life.accountAt(start).aside<"subscription">(subscription.id);
  if (notice !== null)
    plan(life, { at: notice, happen: () => subscriptionDue(life.accountAt(notice), subscription.id) });
  plan(life, { at: end, happen: () => turn(life, subscription.id, { at: end, beginning }) });
  if (beginning.stays || !life.chance.happens(leavingShare(life, beginning))) return;
  const at = start + Math.floor((0.1 + life.chance.next() * 0.85) * (end - start));
  const atOnce = life.chance.happens(0.25);
  plan(life, { at, happen: () => leave(life, subscription.id, { at, atOnce }) });
}

function leavingShare({ profile }: Life, { interval }: Beginning): number {
  return interval === "month" ? profile.churnPerMonth : Math.min(profile.churnPerMonth * 5, 0.5);
}

function turn(life: Life, id: string, { at, beginning }: { at: number; beginning: Beginning }): void {
  const account = life.accountAt(at);
  if (account.get("subscription", id).status !== "active") return;
  subscriptionDue(account, id);
  const { latest_invoice: draft, status } = account.get("subscription", id);
  // What was drafted in the last hour is left to the clock.
  if (status === "active" && at + HOUR <= life.endsAt) invoiceDue(life.accountAt(at + HOUR), String(draft));
  const turned = account.get("subscription", id);
  if (turned.status !== "active") return;
  life.payments += 1;
  planPeriod(life, turned, beginning);
}

function leave(life: Life, id: string, { at, atOnce }: { at: number; atOnce: boolean }): void {
  const account = life.accountAt(at);
  if (atOnce) cancelNow(account, account.get("subscription", id));
  else setCancelAtPeriodEnd(account, id, true);
}
