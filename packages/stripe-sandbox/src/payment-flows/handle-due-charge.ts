import type { Account } from "../account";
import { idOf } from "../objects";
import { applyBankDebitDecision } from "./bank-debit";
import { cancelIntent, releaseHold } from "./cancel-intent";

export function settleDebitOrReleaseHold(account: Account, id: string): void {
  const charge = account.get("charge", id);
  const intent = idOf(charge.payment_intent);
  if (charge.status === "pending") applyBankDebitDecision(account, id);
  else if (intent === null) releaseHold(account, charge);
  else cancelIntent(account, account.get("payment_intent", intent), "automatic");
}
