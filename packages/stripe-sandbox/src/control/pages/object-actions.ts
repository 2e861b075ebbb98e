import type Stripe from "stripe";
import type { Account } from "../../account";
import type { Html } from "../../http/html";
import { idOf, type StoredObject } from "../../objects";
import { isOpenDispute } from "../../resources/disputes";
import { actionForm, choiceField, field } from "./frame";

type Offer = (label: string, name: string, form?: { hidden?: Record<string, string>; fields?: Html[] }) => Html;

export function renderObjectActionForms(account: Account, object: StoredObject, back: string): Html[] {
  const offer: Offer = (label, name, { hidden = {}, fields = [] } = {}) =>
    actionForm({ name, label, back, hidden: { account: account.id, ...hidden }, fields });
  switch (object.object) {
    case "charge":
      return chargeActions(object, offer);
    case "payment_intent":
      return chargeActions(account.find("charge", idOf(object.latest_charge) ?? ""), offer);
    case "customer":
      return [offer("Open the billing portal", "open-portal", { hidden: { customer: object.id } })];
    case "dispute":
      return isOpenDispute(object) ? disputeActions(object, offer) : [];
    case "subscription":
      if (object.status === "canceled") return [];
      return [offer("Make the next renewal fail", "fail-next-renewal", { hidden: { subscription: object.id } })];
    case "payment_method":
      if (object.type !== "card") return [];
      return [offer("Have the bank replace the card", "replace-card", { hidden: { payment_method: object.id } })];
    case "webhook_endpoint":
      return [
        offer("Roll the secret; the old one stays valid for a day", "roll-secret", { hidden: { endpoint: object.id } }),
      ];
    default:
      return [];
  }
}

const REASON = choiceField("reason", "Reason", [
  ["fraudulent", "fraudulent"],
  ["product_not_received", "not received"],
  ["unrecognized", "not recognized"],
  ["general", "general"],
]);

function chargeActions(charge: Stripe.Charge | null, offer: Offer): Html[] {
  if (charge?.status === "pending")
    return [
      offer("Settle the debit", "decide-debit", { hidden: { charge: charge.id, decision: "settle" } }),
      offer("Bounce the debit", "decide-debit", { hidden: { charge: charge.id, decision: "bounce" } }),
    ];
  if (charge?.status !== "succeeded") return [];
  const left = charge.amount_captured - charge.amount_refunded;
  if (left <= 0) return [];
  const amount = field({ name: "amount:number", label: "Minor units", value: String(left), width: 8 });
  const refund = offer("Refund", "refund", { hidden: { charge: charge.id }, fields: [amount] });
  return charge.disputed
    ? [refund]
    : [refund, offer("Dispute", "dispute", { hidden: { charge: charge.id }, fields: [REASON] })];
}

function disputeActions({ id }: Stripe.Dispute, offer: Offer): Html[] {
  return [
    offer("Win the dispute", "close-dispute", { hidden: { dispute: id, verdict: "won" } }),
    offer("Lose the dispute", "close-dispute", { hidden: { dispute: id, verdict: "lost" } }),
  ];
}
