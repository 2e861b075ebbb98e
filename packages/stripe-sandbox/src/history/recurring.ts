import type Stripe from "stripe";
import type { Account } from "../account";
import { readParams } from "../http/params";
import { idOf } from "../objects";
import { finalizeOrRetryInvoice } from "../payment-flows/collect-invoice";
import { handleDueSubscription } from "../payment-flows/handle-due-subscription";
import { setNextRenewalToFail } from "../payment-flows/renewal-switch";
import { cancelNow } from "../resources/subscription-cancel";
import { SUBSCRIPTION_UPDATE_PARAMS } from "../resources/subscription-params";
import { setCancelAtPeriodEnd, updateSubscription } from "../routes/subscription-changes";
import { planEventsAfterPayment } from "./after-payment";
import type { PlannedGift } from "./plan";
import {
  DAY_SECONDS,
  type HistorySimulation,
  HOUR_SECONDS,
  reserveCaseOpenAtEnd,
  scheduleSimulationEvent,
} from "./simulation-state";

/** The number of periods of a gift in `named` (profile.ts) before the first of the gift's `incidents`. */
const QUIET_PERIODS = 3;

type Gift = { id: string; beginning: PlannedGift; period: number };

export function scheduleSimulationEventsUntilRenewal(
  simulation: HistorySimulation,
  subscription: Stripe.Subscription,
  gift: Gift,
): void {
  const item = subscription.items.data[0];
  if (!item) return;
  const { current_period_start: start, current_period_end: end } = item;
  const { dueAt: notice } = simulation.accountAt(start).internalState<"subscription">(subscription.id);
  if (notice !== null)
    scheduleSimulationEvent(simulation, {
      at: notice,
      happen: () => handleDueSubscription(simulation.accountAt(notice), subscription.id),
    });
  scheduleSimulationEvent(simulation, { at: end, happen: () => renew(simulation, gift, end) });
  const at = start + Math.floor((0.1 + simulation.chance.next() * 0.85) * (end - start));
  const change = changeOf(simulation, gift);
  if (change) scheduleSimulationEvent(simulation, { at, happen: () => change(simulation, gift.id, at) });
}

type Change = (simulation: HistorySimulation, id: string, at: number) => void;

function changeOf({ chance, profile }: HistorySimulation, { beginning, period }: Gift): Change | null {
  const { isPermanent, incidents, interval } = beginning;
  if (isPermanent) return incidents[period - QUIET_PERIODS] === "raise" ? changeAmount : null;
  const leaving = interval === "month" ? profile.churnPerMonth : Math.min(profile.churnPerMonth * 5, 0.5);
  const { paused, amountChanged } = profile.shares;
  const random = chance.next();
  if (random < leaving) return chance.happens(0.25) ? leaveNow : leaveAtPeriodEnd;
  if (random < leaving + paused) return pause;
  return random < leaving + paused + amountChanged ? changeAmount : null;
}

function leaveNow(simulation: HistorySimulation, id: string, at: number): void {
  const account = simulation.accountAt(at);
  if (isRunning(account, id)) cancelNow(account, account.get("subscription", id));
}

function leaveAtPeriodEnd(simulation: HistorySimulation, id: string, at: number): void {
  if (isRunning(simulation.accountAt(at), id)) setCancelAtPeriodEnd(simulation.accountAt(at), id, true);
}

function pause(simulation: HistorySimulation, id: string, at: number): void {
  if (!isRunning(simulation.accountAt(at), id)) return;
  const resumesAt = at + (1 + Math.floor(simulation.chance.next() * 3)) * 30 * DAY_SECONDS;
  update(simulation, { id, at }, { pause_collection: { behavior: "void", resumes_at: String(resumesAt) } });
  scheduleSimulationEvent(simulation, {
    at: resumesAt,
    happen: () => handleDueSubscription(simulation.accountAt(resumesAt), id),
  });
}

function changeAmount(simulation: HistorySimulation, id: string, at: number): void {
  const account = simulation.accountAt(at);
  const { items, metadata } = account.get("subscription", id);
  const item = items.data[0];
  if (!item || !isRunning(account, id)) return;
  const { currency, unit_amount: before, recurring, product } = item.price;
  const offer = simulation.profile.currencies.find((each) => each.currency === currency)?.[
    recurring?.interval === "year" ? "year" : "month"
  ];
  const amounts = (offer ?? []).filter((amount) => amount !== before).sort((a, b) => a - b);
  const larger = amounts.find((amount) => amount > (before ?? 0));
  const amount = simulation.chance.happens(0.8) ? (larger ?? amounts.at(-1)) : amounts[0];
  if (amount === undefined) return;
  const added = simulation.additions.pickForNewAmount({ currency, amount: before ?? 0, metadata }, amount);
  const price_data = {
    currency,
    product: idOf(product) ?? "",
    recurring: { interval: recurring?.interval ?? "month" },
    unit_amount: String(added?.whole ?? amount),
  };
  const form = { items: [{ id: item.id, price_data }], proration_behavior: "none", metadata: added?.metadata ?? {} };
  update(simulation, { id, at }, form);
}

function update(
  simulation: HistorySimulation,
  { id, at }: { id: string; at: number },
  form: Parameters<typeof readParams>[0],
): void {
  updateSubscription(simulation.accountAt(at), readParams(form, SUBSCRIPTION_UPDATE_PARAMS), id);
}

function isRunning(account: Account, id: string): boolean {
  return account.get("subscription", id).status === "active";
}

function renew(simulation: HistorySimulation, gift: Gift, at: number): void {
  const { id, beginning } = gift;
  const account = simulation.accountAt(at);
  if (!["active", "past_due"].includes(account.get("subscription", id).status)) return;
  const tries = triesBeforePaid(simulation, gift, at);
  handleDueSubscription(account, id);
  const renewed = account.get("subscription", id);
  if (!["active", "past_due"].includes(renewed.status)) return;
  const renewal = { gift, invoice: String(idOf(renewed.latest_invoice)), tries };
  // If this event is after the end of the history, scheduleSimulationEvent() ignores it. The account's clock then
  // charges the draft invoice later.
  scheduleSimulationEvent(simulation, {
    at: at + HOUR_SECONDS,
    happen: () => collect(simulation, renewal, at + HOUR_SECONDS),
  });
  scheduleSimulationEventsUntilRenewal(simulation, renewed, { id, beginning, period: gift.period + 1 });
}

function triesBeforePaid(simulation: HistorySimulation, { beginning, period }: Gift, at: number): number {
  const { chance, profile } = simulation;
  if (beginning.isPermanent) return beginning.incidents[period - QUIET_PERIODS] === "failed-renewal" ? 1 : 0;
  if (reserveCaseOpenAtEnd(simulation, "overdueGifts", { at, days: 4 })) return Number.POSITIVE_INFINITY;
  if (!chance.happens(profile.shares.failedRenewal)) return 0;
  return chance.happens(profile.shares.recovered) ? 1 + Math.floor(chance.next() * 3) : Number.POSITIVE_INFINITY;
}

type Renewal = { gift: Gift; invoice: string; tries: number };

function collect(simulation: HistorySimulation, renewal: Renewal, at: number): void {
  const { gift, invoice: id, tries } = renewal;
  const account = simulation.accountAt(at);
  const before = account.get("invoice", id);
  if (!["draft", "open"].includes(before.status ?? "") || before.auto_advance === false) return;
  if (tries > 0) setNextRenewalToFail(account, gift.id);
  finalizeOrRetryInvoice(account, id);
  const invoice = account.get("invoice", id);
  const next = invoice.next_payment_attempt;
  const charge = chargeOf(account, invoice);
  if (invoice.status === "paid") simulation.payments += 1;
  if (invoice.status === "open" && next !== null)
    scheduleSimulationEvent(simulation, {
      at: next,
      happen: () => collect(simulation, { ...renewal, tries: tries - 1 }, next),
    });
  else if (charge && charge.status !== "failed") planEventsAfterPayment(simulation, charge);
}

/** Returns the charge of the invoice's last payment attempt, or null. */
function chargeOf(account: Account, invoice: Stripe.Invoice): Stripe.Charge | null {
  const { payment } = account.internalState<"invoice">(invoice.id);
  const intent = payment ? idOf(account.get("invoice_payment", payment).payment.payment_intent ?? null) : null;
  const charge = intent ? idOf(account.get("payment_intent", intent).latest_charge) : null;
  return charge ? account.get("charge", charge) : null;
}
