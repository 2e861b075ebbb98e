import type Stripe from "stripe";
import { idOf } from "../objects";
import { createPayerMethod } from "../payment-flows/checkout-payer";
import { detachMethod, setMethodForCustomerAndSubscriptions } from "../payment-flows/portal";
import { changeMethodInPortal } from "../payment-flows/portal-method";
import { parseMethodDetails } from "../payment-form/method-details";
import { detailsWithOnlyEmailAndName } from "../resources/collected-details";
import type { OfferedPaymentMethodType } from "../resources/session-methods";
import type { PortalActionInput, PortalActionOutcome, PortalVisit } from "./visit";
import { PORTAL_ACTION_IGNORED } from "./visit";

/**
 * Returns the types of payment methods that the customer can add. Bank accounts are offered only to customers with a
 * subscription in euro that has not ended.
 */
export function methodsOfferedInPortal({ account, customer }: PortalVisit): OfferedPaymentMethodType[] {
  const subscriptions = account.list("subscription", { where: { customer: customer.id } });
  return subscriptions.some(({ currency, status }) => currency === "eur" && status !== "canceled")
    ? ["card", "sepa_debit"]
    : ["card"];
}

export function addMethod(visit: PortalVisit, { typed }: PortalActionInput): PortalActionOutcome {
  const { account, customer, features, session } = visit;
  if (!features.payment_method_update.enabled) return PORTAL_ACTION_IGNORED;
  const read = parseMethodDetails(typed, { offered: methodsOfferedInPortal(visit), now: account.now() });
  if (read.kind === "refused") return { kind: "refused", reasons: read.reasons, decline: null };
  const collected = { ...detailsWithOnlyEmailAndName(customer.email ?? "", read.name), email: customer.email };
  const method = createPayerMethod(account, read.methodDetails, { collected });
  const returnUrl = `${session.url}/set-up`;
  const result = changeMethodInPortal(account, { customer, method, returnUrl });
  if (result.kind === "declined") return { kind: "refused", reasons: {}, decline: result.decline };
  if (result.kind === "set_up") return { kind: "done", done: "methodSaved" };
  return { kind: "elsewhere", location: result.intent.next_action?.redirect_to_url?.url ?? session.url };
}

function ownMethod({ account, customer }: PortalVisit, id: string): Stripe.PaymentMethod | null {
  const method = account.find("payment_method", id);
  return method?.customer === customer.id ? method : null;
}

export function makeMethodDefault(visit: PortalVisit, { id }: PortalActionInput): PortalActionOutcome {
  const method = ownMethod(visit, id);
  if (!visit.features.payment_method_update.enabled || !method) return PORTAL_ACTION_IGNORED;
  setMethodForCustomerAndSubscriptions(visit.account, method, visit.customer.id);
  return { kind: "done", done: "methodSaved" };
}

export function isPaymentMethodInUse({ account, customer }: PortalVisit, id: string): boolean {
  if (idOf(customer.invoice_settings.default_payment_method) === id) return true;
  const subscriptions = account.list("subscription", { where: { customer: customer.id } });
  return subscriptions.some(
    ({ status, default_payment_method: own }) => status !== "canceled" && idOf(own ?? null) === id,
  );
}

export function removePaymentMethodInPortal(visit: PortalVisit, { id }: PortalActionInput): PortalActionOutcome {
  const method = ownMethod(visit, id);
  if (!visit.features.payment_method_update.enabled || !method || isPaymentMethodInUse(visit, id))
    return PORTAL_ACTION_IGNORED;
  detachMethod(visit.account, method);
  return { kind: "done", done: "saved" };
}
