import type Stripe from "stripe";
import type { Account } from "../account";
import { text } from "../http/params";
import { listRoute, type Route, retrieveRoute } from "../http/route";
import { idOf } from "../objects";

const KIND = "radar.early_fraud_warning";

export function createFraudWarning(account: Account, charge: Stripe.Charge): Stripe.Radar.EarlyFraudWarning {
  const intent = idOf(charge.payment_intent);
  const warning: Stripe.Radar.EarlyFraudWarning = {
    id: account.newId("issfr_"),
    object: KIND,
    actionable: true,
    charge: charge.id,
    created: account.now(),
    fraud_type: "made_with_stolen_card",
    livemode: account.livemode,
    ...(intent === null ? {} : { payment_intent: intent }),
  };
  account.put(warning);
  account.emit("radar.early_fraud_warning.created", warning);
  return warning;
}

export const earlyFraudWarningRoutes: Route[] = [
  retrieveRoute(KIND, "/v1/radar/early_fraud_warnings", "early fraud warning"),
  listRoute(KIND, "/v1/radar/early_fraud_warnings", {
    shape: { charge: text(), payment_intent: text() },
    where: (params) => ({
      source: params.charge,
      payment_intent: params.payment_intent,
    }),
  }),
];
