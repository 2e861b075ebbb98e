// Simulates a card that the bank replaces: the same payment method gets a new number and expiry date without any action
// by the customer.
import type Stripe from "stripe";
import type { Account } from "../account";

const VALID_YEARS = 4;

export function simulateAutomaticCardUpdate(account: Account, method: Stripe.PaymentMethod): Stripe.PaymentMethod {
  const { card } = method;
  if (!card) throw new Error(`${method.id} is not a card`);
  const year = new Date(account.now() * 1000).getUTCFullYear() + VALID_YEARS;
  const exp_year = Math.max(year, card.exp_year + 1);
  const last4 = String((Number(card.last4) + 1_111) % 10_000).padStart(4, "0");
  const replaced: Stripe.PaymentMethod = { ...method, card: { ...card, exp_year, last4 } };
  account.put(replaced);
  account.emit("payment_method.automatically_updated", replaced, {
    card: { exp_year: card.exp_year, last4: card.last4 },
  });
  return replaced;
}
