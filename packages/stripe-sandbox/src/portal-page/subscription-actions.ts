import type Stripe from "stripe";
import { readParams } from "../http/params";
import { idOf } from "../objects";
import { pauseSubscription, resumeSubscription } from "../payment-flows/pause-subscription";
import { SUBSCRIPTION_UPDATE_PARAMS } from "../resources/subscription-params";
import { updateSubscription } from "../routes/subscription-changes";
import type { PortalActionInput, PortalActionOutcome, PortalVisit } from "./visit";
import { findSubscriptionUnlessCanceled, PORTAL_ACTION_IGNORED } from "./visit";

export function mayPause({ features }: PortalVisit, { status, billing_mode, cancel_at }: Stripe.Subscription): boolean {
  const isRunning = ["active", "past_due", "trialing"].includes(status) && cancel_at === null;
  return features.subscription_pause.enabled && isRunning && billing_mode.type === "flexible";
}

export function pauseFromPortal(visit: PortalVisit, { id }: PortalActionInput): PortalActionOutcome {
  const subscription = findSubscriptionUnlessCanceled(visit, id);
  const isEndless = visit.features.subscription_pause.duration.type === "indefinite";
  if (!subscription || !isEndless || !mayPause(visit, subscription)) return PORTAL_ACTION_IGNORED;
  pauseSubscription(visit.account, subscription, "none");
  return { kind: "done", done: "pausedNow" };
}

export function resumePausedSubscriptionInPortal(visit: PortalVisit, { id }: PortalActionInput): PortalActionOutcome {
  const subscription = findSubscriptionUnlessCanceled(visit, id);
  if (!visit.features.subscription_pause.enabled || subscription?.status !== "paused") return PORTAL_ACTION_IGNORED;
  resumeSubscription(visit.account, subscription, { anchor: "now", resumesOnPaymentSuccess: false });
  return { kind: "done", done: "resumed" };
}

/**
 * Returns the prices to which the customer can switch. A flow of type `subscription_update_confirm` allows only the
 * prices that it names.
 */
export function listPricesToSwitchTo(
  { account, features, session }: PortalVisit,
  subscription: Stripe.Subscription,
): Stripe.Price[] {
  const { enabled, default_allowed_updates: allowed, products } = features.subscription_update;
  const [item] = subscription.items.data;
  if (!enabled || !allowed.includes("price") || !item || subscription.items.data.length > 1) return [];
  const confirmed = session.flow?.subscription_update_confirm?.items.map(({ price }) => price) ?? null;
  return (products ?? [])
    .flatMap(({ prices }) => prices)
    .filter((id) => id !== item.price.id && (!confirmed || confirmed.includes(id)))
    .flatMap((id) => account.find("price", id) ?? [])
    .filter(({ active, currency, recurring }) => active && recurring && currency === subscription.currency);
}

export function changeSubscriptionPriceInPortal(
  visit: PortalVisit,
  { id, typed }: PortalActionInput,
): PortalActionOutcome {
  const subscription = findSubscriptionUnlessCanceled(visit, id);
  const price = subscription && listPricesToSwitchTo(visit, subscription).find((each) => each.id === typed.price);
  const [item] = subscription?.items.data ?? [];
  if (!price || !item) return PORTAL_ACTION_IGNORED;
  const { proration_behavior, billing_cycle_anchor, trial_update_behavior } = visit.features.subscription_update;
  const endsTrial = subscription.status === "trialing" && trial_update_behavior === "end_trial";
  const changes = {
    items: [{ id: item.id, price: price.id }],
    proration_behavior,
    ...(billing_cycle_anchor === "now" ? { billing_cycle_anchor: anchorNow(visit) } : {}),
    ...(endsTrial ? { trial_end: "now" } : {}),
  };
  updateSubscription(visit.account, readParams(changes, SUBSCRIPTION_UPDATE_PARAMS), subscription.id);
  return { kind: "done", done: "changed" };
}

/**
 * Returns `billing_cycle_anchor` as the account's API version expects it: an object since 2026-09-30, and a string
 * before.
 */
function anchorNow({ account }: PortalVisit) {
  return account.apiVersion >= "2026-09-30" ? { type: "now" } : "now";
}

export function productNameOrPriceId({ account }: PortalVisit, price: Stripe.Price): string {
  return account.find("product", idOf(price.product) ?? "")?.name ?? price.id;
}
