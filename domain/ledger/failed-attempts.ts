// Tries to pay that did not come through: a declined card, a refused renewal. No money moved; staff see when many fail, and why.
import type { AttemptExplained, AttemptFailed } from "./fact";
import { followUp } from "./follow-ups";
import type { Recording } from "./recording";

/** An invoice does not say why the bank refused: Stripe is asked. */
export async function recordFailedAttempt(recording: Recording, fact: AttemptFailed): Promise<void> {
  const { tx, now } = recording;
  const { kind: _, key, money, ...rest } = fact;
  const row = await tx.failedAttempt.upsert({
    where: { key },
    update: {},
    create: { key, ...rest, amountMinor: BigInt(money.amountMinor), currency: money.currency, recordedAt: now },
  });
  if (row.code === null && row.subscriptionId !== null) await followUp(recording, `attempt:${key}`);
}

export async function explainFailedAttempt({ tx }: Recording, { key, code }: AttemptExplained): Promise<void> {
  await tx.failedAttempt.updateMany({ where: { key, code: null }, data: { code } });
}
