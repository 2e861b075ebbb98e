import type Stripe from "stripe";
import { invalidRequest, unsupportedError } from "../http/errors";
import type { CheckoutSessionParams } from "./session-params";

const BUILT = new Set<string>(["card", "sepa_debit"]);

export type OfferedPaymentMethodType = "card" | "sepa_debit";

export function offeredPaymentMethodTypes(
  params: CheckoutSessionParams,
  currency: string | null,
): OfferedPaymentMethodType[] {
  const eligible: OfferedPaymentMethodType[] = takesDebits(params, currency) ? ["card", "sepa_debit"] : ["card"];
  const only = params.allowed_payment_method_types ?? params.payment_method_types;
  const without = params.excluded_payment_method_types ?? [];
  const offered = eligible.filter((type) => (!only || only.includes(type)) && !without.includes(type));
  if (offered.length > 0) return offered;
  if (only?.every((type) => !BUILT.has(type))) throw unsupportedError(`payment methods ${only.join(", ")}`);
  throw invalidRequest(
    "No valid payment method types for this Checkout Session. Please ensure that you have activated payment methods compatible with your chosen currency in your dashboard (https://dashboard.stripe.com/settings/payment_methods).",
    { param: params.allowed_payment_method_types ? "allowed_payment_method_types" : undefined },
  );
}

function takesDebits({ mode }: CheckoutSessionParams, currency: string | null): boolean {
  return currency === "eur" || (mode === "setup" && currency === null);
}

export function sessionMethodOptions(
  params: CheckoutSessionParams,
  offered: OfferedPaymentMethodType[],
): Stripe.Checkout.Session.PaymentMethodOptions {
  const { card, sepa_debit: sepa } = params.payment_method_options ?? {};
  const restrictions = card?.restrictions;
  const options: Stripe.Checkout.Session.PaymentMethodOptions = {};
  if (offered.includes("card"))
    options.card = {
      request_three_d_secure: card?.request_three_d_secure ?? "automatic",
      ...(card?.setup_future_usage ? { setup_future_usage: card.setup_future_usage } : {}),
      ...(restrictions
        ? {
            restrictions: {
              brands_blocked: restrictions.brands_blocked,
              funding_types_blocked: restrictions.funding_types_blocked,
            },
          }
        : {}),
    };
  if (offered.includes("sepa_debit") && sepa?.setup_future_usage)
    options.sepa_debit = { setup_future_usage: sepa.setup_future_usage };
  return options;
}
