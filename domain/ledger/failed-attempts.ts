// Failed attempts to pay: a declined card, a refused renewal. No money moved; staff see how many fail, and why.
import { moneyColumns } from "../money";
import type { LedgerContext } from "./context";
import type { AttemptExplained, AttemptFailed } from "./fact";
import { queueFollowUp } from "./follow-ups";
import { addFailedAttempt, setFailureCode } from "./store/payments";

/** An invoice's event does not say why the bank refused, so Stripe is asked. */
export async function recordFailedAttempt(context: LedgerContext, fact: AttemptFailed): Promise<void> {
  const { kind: _, key, money, ...columns } = fact;
  const attempt = { key, ...columns, ...moneyColumns(money), recordedAt: context.now };
  const { code, subscriptionId } = await addFailedAttempt(context.tx, attempt);
  if (code === null && subscriptionId !== null) await queueFollowUp(context, `attempt:${key}`);
}

export async function explainFailedAttempt({ tx }: LedgerContext, { key, code }: AttemptExplained): Promise<void> {
  await setFailureCode(tx, { key, code });
}
