// The actions of the billing portal. An action is ignored if the portal's configuration does not allow it, or if it
// names an object of another customer.
import type Stripe from "stripe";
import {
  cancelAtOnceInPortal,
  scheduleCancellationInPortal,
  undoCancellationInPortal,
  updateCustomerAndEmitEvent,
} from "../payment-flows/portal";
import { isEmail } from "../payment-form/read-form";
import { addressOf } from "../resources/address";
import { addMethod, makeMethodDefault, removePaymentMethodInPortal } from "./method-actions";
import {
  changeSubscriptionPriceInPortal,
  pauseFromPortal,
  resumePausedSubscriptionInPortal,
} from "./subscription-actions";
import type { PortalActionInput, PortalActionOutcome, PortalVisit } from "./visit";
import { findSubscriptionUnlessCanceled, PORTAL_ACTION_IGNORED } from "./visit";

export const PORTAL_ACTIONS: Record<string, (visit: PortalVisit, input: PortalActionInput) => PortalActionOutcome> = {
  cancel,
  undo,
  pause: pauseFromPortal,
  resume: resumePausedSubscriptionInPortal,
  change: changeSubscriptionPriceInPortal,
  method: addMethod,
  default: makeMethodDefault,
  remove: removePaymentMethodInPortal,
  details: changeDetails,
};

function cancel(visit: PortalVisit, { id, typed }: PortalActionInput): PortalActionOutcome {
  const { account, features } = visit;
  const subscription = findSubscriptionUnlessCanceled(visit, id);
  const feature = features.subscription_cancel;
  if (!feature.enabled || !subscription || subscription.cancel_at !== null) return PORTAL_ACTION_IGNORED;
  const asks = feature.cancellation_reason.enabled;
  const reason = asks && feature.cancellation_reason.options.find((option) => option === typed.feedback);
  const feedback = (reason || null) as Stripe.Subscription.CancellationDetails["feedback"];
  const farewell = { feedback, comment: (asks && typed.comment) || null };
  const end = feature.mode === "immediately" ? cancelAtOnceInPortal : scheduleCancellationInPortal;
  end(account, subscription, farewell);
  return { kind: "done", done: "canceled" };
}

function undo(visit: PortalVisit, { id }: PortalActionInput): PortalActionOutcome {
  const subscription = findSubscriptionUnlessCanceled(visit, id);
  if (!visit.features.subscription_cancel.enabled || !subscription || subscription.cancel_at === null)
    return PORTAL_ACTION_IGNORED;
  undoCancellationInPortal(visit.account, subscription);
  return { kind: "done", done: "undone" };
}

function changeDetails(
  { account, customer, features }: PortalVisit,
  { typed }: PortalActionInput,
): PortalActionOutcome {
  const { enabled, allowed_updates: allowed } = features.customer_update;
  if (!enabled) return PORTAL_ACTION_IGNORED;
  if (allowed.includes("email") && !isEmail(typed.email ?? ""))
    return { kind: "refused", reasons: { email: typed.email ? "email" : "required" }, decline: null };
  const { line1, line2, city, state, country, postalCode } = typed;
  const place = { line1: line1 || null, line2: line2 || null, city: city || null, state: state || null };
  const address = addressOf({ ...place, country: country || null, postal_code: postalCode || null });
  const isEmpty = Object.values(address).every((part) => part === null);
  updateCustomerAndEmitEvent(account, customer, {
    ...(allowed.includes("email") ? { email: typed.email ?? null } : {}),
    ...(allowed.includes("name") ? { name: typed.name || null } : {}),
    ...(allowed.includes("phone") ? { phone: typed.phone || null } : {}),
    ...(allowed.includes("address") ? { address: isEmpty ? null : address } : {}),
  });
  return { kind: "done", done: "saved" };
}
