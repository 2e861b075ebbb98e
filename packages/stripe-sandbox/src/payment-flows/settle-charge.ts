import type Stripe from "stripe";
import type { Account } from "../account";
import { idOf } from "../objects";
import { midnightTwoDaysLater, recordChargeTransaction } from "../resources/balance-transactions";
import { createTestDisputeOrFraudWarning } from "./after-charge";

/** Books the charge after the API's answer: at Stripe, the answer does not yet contain the balance transaction. */
export function bookChargeToBalanceAfterAnswer(account: Account, charge: Stripe.Charge): void {
  account.later(() => bookChargeToBalance(account, account.get("charge", charge.id)));
}

export function bookChargeToBalance(account: Account, charge: Stripe.Charge): Stripe.Charge {
  const method = idOf(charge.payment_method);
  const instrument = method === null ? null : account.store.internalState<"payment_method">(account.id, method);
  const isAtOnce = instrument && "card" in instrument && instrument.card.availableAtOnce;
  const availableOn = isAtOnce ? account.now() : midnightTwoDaysLater(account.now());
  const transaction = recordChargeTransaction(account, charge, availableOn);
  const settled: Stripe.Charge = { ...charge, balance_transaction: transaction.id };
  account.put(settled);
  account.emit("charge.updated", settled, { balance_transaction: null });
  return createTestDisputeOrFraudWarning(account, settled);
}
