// Tries to pay that did not come through: a declined card, a refused renewal. No money moved; staff see when many fail.
import type { AttemptFailed } from "./fact";
import type { Recording } from "./recording";

export async function recordFailedAttempt({ tx, now }: Recording, fact: AttemptFailed): Promise<void> {
  const { kind: _, key, money, ...rest } = fact;
  await tx.failedAttempt.upsert({
    where: { key },
    update: {},
    create: { key, ...rest, amountMinor: BigInt(money.amountMinor), currency: money.currency, recordedAt: now },
  });
}
