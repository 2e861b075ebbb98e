import { moneyColumns } from "../money";
import type { LedgerContext } from "./context";
import type { FailureCodeReported, PaymentAttemptFailed } from "./fact";
import { queueFollowUp } from "./follow-ups";
import { queueFailedRenewalMail } from "./renewal-mail";
import { addFailedPaymentAttempt, setFailedAttemptCode } from "./store/payments";

/**
 * Stores a failed attempt to pay. If the attempt was for a renewal and is recent, queues the e-mail about it. For a
 * recurring gift's attempt without a failure code, queues a request to Stripe for the code.
 */
export async function recordFailedAttempt(context: LedgerContext, fact: PaymentAttemptFailed): Promise<void> {
  const { kind: _, key, money, renewal, ...columns } = fact;
  const ofRenewal = { isRenewal: renewal !== null, nextAttemptAt: renewal?.nextAttemptAt ?? null };
  const row = { key, ...columns, ...ofRenewal, ...moneyColumns(money), recordedAt: context.now };
  const attempt = await addFailedPaymentAttempt(context.tx, row);
  const { code, subscriptionId } = attempt;
  await queueFailedRenewalMail(context, attempt);
  if (code === null && subscriptionId !== null) await queueFollowUp(context, `attempt:${key}`);
}

export async function recordFailedAttemptCode(
  { tx }: LedgerContext,
  { key, code }: FailureCodeReported,
): Promise<void> {
  await setFailedAttemptCode(tx, { key, code });
}
