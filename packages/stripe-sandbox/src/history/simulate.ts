// Simulates a history. Runs the same code as the Checkout page and the clock, but at simulated times, and creates only
// the events that a payment ledger needs.
import { createHash } from "node:crypto";
import { type Account, accountIdOf, createAccountHandle } from "../account";
import { seededIds } from "../ids";
import { idOf } from "../objects";
import type { MethodDetails } from "../payment-flows/checkout-payer";
import { payCheckout } from "../payment-flows/pay-checkout";
import { createCheckoutSessionFromRawParams } from "../resources/checkout-sessions";
import { detailsWithOnlyEmailAndName } from "../resources/collected-details";
import { createProduct } from "../resources/products";
import type { Sandbox } from "../sandbox";
import type { Store } from "../store";
import { testCardByNumber } from "../test-cards";
import { findTestIban } from "../test-ibans";
import { planEventsAfterPayment } from "./after-payment";
import { withBufferedWrites } from "./buffer";
import { createExtraAmountPicker } from "./gift-additions";
import { type PlannedGift, planGifts } from "./plan";
import type { HistoryProfile } from "./profile";
import { seededRandom } from "./random";
import { scheduleSimulationEventsUntilRenewal } from "./recurring";
import {
  DAY_SECONDS,
  type HistorySimulation,
  reserveCaseOpenAtEnd,
  runScheduledEventsOneByOne,
  scheduleSimulationEvent,
} from "./simulation-state";

/**
 * The event types that a ledger needs to record every payment. `charge.succeeded` is not needed, because
 * `charge.updated` reports the same card charge and also its balance transaction.
 */
const NEEDED = new Set<string>([
  "checkout.session.completed",
  "checkout.session.async_payment_succeeded",
  "checkout.session.async_payment_failed",
  "charge.failed",
  "charge.pending",
  "charge.updated",
  "charge.dispute.created",
  "charge.dispute.closed",
  "charge.dispute.funds_withdrawn",
  "charge.dispute.funds_reinstated",
  "refund.created",
  "invoice.paid",
  "invoice.payment_failed",
  "customer.subscription.created",
  "customer.subscription.updated",
  "customer.subscription.deleted",
]);

const CARDS = ["4242424242424242", "4242424242424242", "5555555555554444", "378282246310005", "4000056655665556"];
const DECLINING_CARD = "4000000000009995";
const SETTLING_IBAN = "DE89370400440532013000";
const BOUNCING_IBAN = "DE62370400440532013001";

/**
 * A history that is being created. Call `advance` in a transaction. Between two calls, nothing else is allowed to write
 * to the account.
 */
export type HistorySimulationInProgress = {
  days: number;
  daysDone: number;
  payments: number;
  /**
   * Continues the simulation for about `forMs` milliseconds of real time. Returns true once the whole history is
   * stored.
   */
  advance(forMs: number): boolean;
};

export function startHistorySimulation(sandbox: Sandbox, profile: HistoryProfile): HistorySimulationInProgress {
  const endsAt = profile.endsAt ?? sandbox.now();
  const buffer = withBufferedWrites(sandbox.store);
  const simulation = newSimulation(sandbox, { profile, endsAt, store: buffer.store });
  const first = planHistory(simulation);
  const events = runScheduledEventsOneByOne(simulation, first);
  let daysDone = 0;

  function advance(forMs: number): boolean {
    const until = performance.now() + forMs;
    let event = events.next();
    while (!event.done && performance.now() < until) event = events.next();
    buffer.flush();
    if (!event.done) daysDone = event.value;
    return event.done === true;
  }
  return {
    days: Math.ceil((endsAt - first) / DAY_SECONDS),
    get daysDone() {
      return daysDone;
    },
    get payments() {
      return simulation.payments;
    },
    advance,
  };
}

type Outline = { profile: HistoryProfile; endsAt: number; store: Store };

function newSimulation(sandbox: Sandbox, { profile, endsAt, store }: Outline): HistorySimulation {
  const id = accountIdOf(profile.key);
  const newId = seededIds(`${id}:${profile.seed}`);
  const { livemode, baseUrl, settlementCurrency } = sandbox.account(id);
  const common = { id, livemode, baseUrl, settlementCurrency, newId, mayEmit: (type: string) => NEEDED.has(type) };
  return {
    profile,
    chance: seededRandom(profile.seed),
    additions: createExtraAmountPicker(profile),
    endsAt,
    payments: 0,
    casesToLeaveOpen: { ...profile.openAtEnd },
    agenda: new Map(),
    today: null,
    accountAt: (at) => createAccountHandle(store, { ...common, now: () => at }),
  };
}

/**
 * Schedules the beginning of every gift, and creates the product if the account lacks it. Returns the time at which the
 * history begins, in Unix seconds.
 */
function planHistory(simulation: HistorySimulation): number {
  const { profile, endsAt } = simulation;
  const beginnings = planGifts(profile, simulation, endsAt);
  const first = (beginnings[0]?.at ?? endsAt) - DAY_SECONDS;
  const { product } = profile;
  if (!simulation.accountAt(first).find("product", product.id)) createProduct(simulation.accountAt(first), product);
  for (const beginning of beginnings)
    scheduleSimulationEvent(simulation, { at: beginning.at, happen: () => begin(simulation, beginning) });
  return first;
}

function begin(simulation: HistorySimulation, beginning: PlannedGift): void {
  const account = simulation.accountAt(beginning.at);
  const { giftId, product } = simulation.profile;
  const metadata = giftId ? { ...beginning.metadata, [giftId.key]: newGiftId(account, giftId) } : beginning.metadata;
  const session = createCheckoutSessionFromRawParams(
    account,
    sessionForm(beginning, { metadata, product: product.id }),
  );
  const collected = detailsWithOnlyEmailAndName(beginning.email, beginning.name);
  const payWith = (methodDetails: MethodDetails) => payCheckout(account, session.id, { methodDetails, collected });
  const methodDetails = methodDetailsOf(simulation, beginning);
  // Some payers first try a card that is declined.
  if (methodDetails.kind === "card" && simulation.chance.happens(0.04)) payWith(cardOf(DECLINING_CARD));
  const paid = payWith(methodDetails);
  if (paid.kind !== "paid") throw new Error(`history: ${session.id} is not paid`);
  if (paid.session.payment_status === "paid") simulation.payments += 1;
  const { intent } = account.internalState<"checkout.session">(session.id);
  const charge = intent ? idOf(account.get("payment_intent", intent).latest_charge) : null;
  if (charge) planEventsAfterPayment(simulation, account.get("charge", charge));
  if (typeof paid.session.subscription !== "string") return;
  const subscription = account.get("subscription", paid.session.subscription);
  scheduleSimulationEventsUntilRenewal(simulation, subscription, { id: subscription.id, beginning, period: 0 });
}

function methodDetailsOf(simulation: HistorySimulation, { at, currency, isPermanent }: PlannedGift): MethodDetails {
  const { bankDebit, bounced } = simulation.profile.shares;
  const card = cardOf(simulation.chance.pick(CARDS));
  if (currency !== "eur" || isPermanent) return card;
  if (reserveCaseOpenAtEnd(simulation, "pendingDebits", { at, days: 4 })) return debitFrom(SETTLING_IBAN);
  if (!simulation.chance.happens(bankDebit)) return card;
  return debitFrom(simulation.chance.happens(bounced) ? BOUNCING_IBAN : SETTLING_IBAN);
}

function cardOf(number: string): MethodDetails {
  return { kind: "card", card: testCardByNumber(number), expiryMonth: 12, expiryYear: 2034 };
}

function debitFrom(number: string): MethodDetails {
  const iban = findTestIban(number);
  if (!iban) throw new Error(`history: ${number} is not a test IBAN`);
  return { kind: "sepa_debit", iban };
}

/**
 * Returns a new id for a gift. It is derived from the history's seed, so that the same seed always gives the same ids.
 */
function newGiftId(account: Account, { prefix, hexDigits }: NonNullable<HistoryProfile["giftId"]>): string {
  return prefix + createHash("sha256").update(account.newId("gift_")).digest("hex").slice(0, hexDigits);
}

function sessionForm(
  { interval, currency, amount }: PlannedGift,
  fields: { metadata: Record<string, string>; product: string },
) {
  const { metadata, product } = fields;
  const price = { currency, unit_amount: String(amount), product };
  const common = { success_url: "https://example.org/thank-you", metadata };
  if (interval === "once")
    return { ...common, mode: "payment", line_items: [{ price_data: price }], payment_intent_data: { metadata } };
  const line = { price_data: { ...price, recurring: { interval } } };
  return { ...common, mode: "subscription", line_items: [line], subscription_data: { metadata } };
}
