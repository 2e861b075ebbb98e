import type Stripe from "stripe";
import type { Account } from "../account";
import { idOf } from "../objects";
import { closeDispute, createDispute } from "../resources/disputes";
import { createFraudWarning } from "../resources/early-fraud-warnings";
import type { TestCard } from "../test-cards";
import type { TestIban } from "../test-ibans";

export function createTestDisputeOrFraudWarning(account: Account, charge: Stripe.Charge): Stripe.Charge {
  const method = idOf(charge.payment_method);
  const instrument = method === null ? null : account.store.internalState<"payment_method">(account.id, method);
  if (!instrument) return charge;
  const happened =
    "iban" in instrument ? afterDebit(account, charge, instrument) : afterCard(account, charge, instrument);
  return happened ? account.get("charge", charge.id) : charge;
}

function afterDebit(account: Account, charge: Stripe.Charge, { iban }: { iban: TestIban }): boolean {
  if (iban.outcome !== "settles_then_disputed") return false;
  disputeDebit(account, charge);
  return true;
}

function afterCard(account: Account, charge: Stripe.Charge, { card }: { card: TestCard }): boolean {
  const { afterwards } = card;
  if (afterwards === "nothing") return false;
  if (afterwards === "early_fraud_warning") createFraudWarning(account, charge);
  else if (afterwards === "inquiry") createDispute(account, charge, { reason: "general", isInquiry: true });
  else createDispute(account, charge, { reason: afterwards });
  return true;
}

/** Creates a dispute that is lost at once, because banks accept disputes of debits without asking the merchant. */
function disputeDebit(account: Account, charge: Stripe.Charge): void {
  const dispute = createDispute(account, charge, { reason: "customer_initiated" });
  closeDispute(account, dispute.id, "lost");
}
