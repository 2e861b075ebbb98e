// What the page offers to do to an object, by its kind and state.
import type Stripe from "stripe";
import type { Account } from "../../account";
import type { Html } from "../../http/html";
import type { StoredObject } from "../../objects";
import { deed, field } from "./frame";

type Offer = (words: string, name: string, hidden?: Record<string, string>, fields?: Html[]) => Html;

export function deedsFor(account: Account, object: StoredObject, back: string): Html[] {
  const offer: Offer = (words, name, hidden = {}, fields = []) =>
    deed({ name, words, back, hidden: { account: account.id, ...hidden }, fields });
  switch (object.object) {
    case "charge":
      return chargeDeeds(object, offer);
    case "payment_intent":
      return object.status === "processing" ? pendingDeeds(object, offer) : [];
    case "subscription":
      return object.status === "canceled"
        ? []
        : [offer("Let its next renewal fail", "fail-next-renewal", { subscription: object.id })];
    case "payment_method":
      return object.type === "card"
        ? [offer("Let the bank replace the card", "replace-card", { payment_method: object.id })]
        : [];
    case "webhook_endpoint":
      return [offer("Roll its secret, the old one good for a day", "roll-secret", { endpoint: object.id })];
    default:
      return [];
  }
}

function chargeDeeds(charge: Stripe.Charge, offer: Offer): Html[] {
  const left = charge.amount_captured - charge.amount_refunded;
  if (charge.status !== "succeeded" || left <= 0) return [];
  const amount = field({ name: "amount:number", label: "Smallest units", value: String(left), width: 8 });
  return [offer("Refund", "refund", { charge: charge.id }, [amount])];
}

function pendingDeeds(intent: Stripe.PaymentIntent, offer: Offer): Html[] {
  return [
    offer("Let it settle", "decide-debit", { payment_intent: intent.id, decision: "settle" }),
    offer("Let it bounce", "decide-debit", { payment_intent: intent.id, decision: "bounce" }),
  ];
}
