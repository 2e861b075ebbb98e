// Endpoints that are not in Stripe's reference. `stripe trigger checkout.session.completed` uses them.
import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest, SimulatedStripeError } from "../http/errors";
import { integer, requiredParam, text } from "../http/params";
import { type Route, requireObject, route } from "../http/route";
import type { MethodDetails } from "../payment-flows/checkout-payer";
import type { CheckoutResult } from "../payment-flows/checkout-result";
import { payCheckout } from "../payment-flows/pay-checkout";
import { detailsWithOnlyEmailAndName } from "../resources/collected-details";

type PaymentPage = {
  id: string;
  object: "checkout.session";
  session_id: string;
  session: Stripe.Checkout.Session;
};

function pageOf(session: Stripe.Checkout.Session): PaymentPage {
  return { ...session, object: "checkout.session", session_id: session.id, session };
}

function confirm(account: Account, params: { payment_method: string; expected_amount?: number | null }, id: string) {
  const session = requireObject(account, "checkout.session", { id, noun: "payment_page" });
  const { expected_amount: expected } = params;
  if (session.status !== "open")
    throw invalidRequest(`This Checkout Session is no longer open: it is ${session.status}.`);
  if (expected !== null && expected !== undefined && expected !== session.amount_total)
    throw invalidRequest(`The amount is ${session.amount_total}, not ${expected}.`, { param: "expected_amount" });
  const method = requireObject(account, "payment_method", {
    id: params.payment_method,
    noun: "PaymentMethod",
    param: "payment_method",
  });
  const { email, name, phone, address } = method.billing_details;
  const collected = {
    ...detailsWithOnlyEmailAndName(session.customer_email ?? email ?? "", name ?? ""),
    phone,
    address,
  };
  refuseDecline(payCheckout(account, id, { methodDetails: methodDetailsOf(account, method), collected }));
  return pageOf(account.get("checkout.session", id));
}

function methodDetailsOf(account: Account, method: Stripe.PaymentMethod): MethodDetails {
  const instrument = account.internalState<"payment_method">(method.id);
  if ("iban" in instrument) return { kind: "sepa_debit", iban: instrument.iban };
  const { exp_month: expiryMonth = 12, exp_year: expiryYear = 2040 } = method.card ?? {};
  return { kind: "card", card: instrument.card, expiryMonth, expiryYear };
}

function refuseDecline(result: CheckoutResult): void {
  if (result.kind !== "declined") return;
  const { code, declineCode, message } = result.decline;
  const more = { decline_code: declineCode };
  throw new SimulatedStripeError({ status: 402, type: "card_error", code, message, more, keepsState: true });
}

export const cliPaymentPageApiRoutes: Route[] = [
  route("GET /v1/payment_pages/:id", {}, (account, _, id) =>
    pageOf(requireObject(account, "checkout.session", { id, noun: "payment_page" })),
  ),
  route(
    "POST /v1/payment_pages/:id/confirm",
    { payment_method: requiredParam(text()), expected_amount: integer(), return_url: text() },
    confirm,
  ),
];
