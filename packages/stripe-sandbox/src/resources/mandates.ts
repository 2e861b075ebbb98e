import type Stripe from "stripe";
import type { Account } from "../account";
import type { ParsedParams } from "../http/params";
import { integer, object, oneOf, requiredParam, text } from "../http/params";
import { type Route, retrieveRoute } from "../http/route";

export const MANDATE_DATA_PARAM = object({
  customer_acceptance: requiredParam(
    object({
      type: requiredParam(oneOf("online", "offline")),
      accepted_at: integer(),
      online: object({ ip_address: text(), user_agent: text() }),
      offline: object({}),
    }),
  ),
});
export type MandateData = ParsedParams<{ mandate_data: typeof MANDATE_DATA_PARAM }>["mandate_data"];

export function createMandate(account: Account, method: Stripe.PaymentMethod, data?: MandateData): Stripe.Mandate {
  const id = account.newId("mandate_");
  const acceptance = data?.customer_acceptance;
  const { ip_address = null, user_agent = null } = acceptance?.online ?? {};
  const isOffline = acceptance?.type === "offline";
  const reference = id.slice(-16).toUpperCase();
  const mandate: Stripe.Mandate = {
    id,
    object: "mandate",
    customer_acceptance: {
      accepted_at: acceptance?.accepted_at ?? account.now(),
      type: acceptance?.type ?? "online",
      ...(isOffline ? { offline: {} } : { online: { ip_address, user_agent } }),
    },
    livemode: account.livemode,
    multi_use: {},
    payment_method: method.id,
    payment_method_details: {
      type: "sepa_debit",
      sepa_debit: { reference, url: `${account.baseUrl}/mandates/${id}` },
    },
    status: "active",
    type: "multi_use",
  };
  account.put(mandate);
  return mandate;
}

export function findOrCreateMandate(
  account: Account,
  method: Stripe.PaymentMethod,
  data?: MandateData,
): Stripe.Mandate {
  const internalState = account.internalState<"payment_method">(method.id);
  if (!("iban" in internalState)) throw new Error(`${method.id} needs no mandate`);
  if (internalState.mandate) return account.get("mandate", internalState.mandate);
  const mandate = createMandate(account, method, data);
  account.putWithInternalState<"payment_method">(account.get("payment_method", method.id), {
    ...internalState,
    mandate: mandate.id,
  });
  return mandate;
}

export const mandateRoutes: Route[] = [retrieveRoute("mandate", "/v1/mandates", "mandate")];
