// Compares the mails that arrived with the outbox.
import type { Db } from "../../systems/database";

/** Counts how often each mail arrived, by its id in the outbox, with which the mail's Message-ID begins. */
export function countMails(mails: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const mail of mails) {
    const id = /^message-id: *<(.+?)@/im.exec(mail)?.[1] ?? "";
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

/**
 * Returns the mails of the outbox that did not arrive. Leaves out those that were outdated when they were due: thanks for money that
 * had gone back, news of a refund that failed, news of a debit that the bank decided meanwhile or that was paid after all, and news of
 * a renewal that was settled otherwise.
 */
export async function findLostMails(db: Db, arrived: Map<string, number>): Promise<string[]> {
  const missing = (await db.outboxMail.findMany()).filter(({ id }) => !arrived.has(id));
  const lost = await Promise.all(
    missing.map(async (row) => ((await isOutdated(db, row.factKey)) ? [] : [row.factKey])),
  );
  return lost.flat().map((fact) => `the mail ${fact} did not arrive`);
}

async function isOutdated(db: Db, factKey: string): Promise<boolean> {
  const [kind, id = ""] = factKey.split(":");
  if (kind === "refunded") return (await db.refund.findUniqueOrThrow({ where: { id } })).status === "failed";
  if (kind === "refund-failed") return !(await wasSent(db, `refunded:${id}`));
  if (kind === "sign-in") return false;
  if (kind === "renewal") return isRenewalOutdated(db, factKey.slice("renewal:".length));
  // Sent only if the charge, or the card's last day, is still ahead when the mail leaves.
  if (kind === "upcoming" || kind === "card-expires") return true;
  const { status, amountMinor, entries } = await db.payment.findUniqueOrThrow({
    where: { id },
    include: { entries: true },
  });
  if (kind === "debit-pending") return status !== "pending";
  if (kind === "debit-bounced") return status === "succeeded";
  // Counts every entry ever made, because the money may have come back after the mail was dropped.
  const wentBack = entries.filter((entry) => entry.kind === "refund" || entry.kind === "dispute");
  return kind === "thanks" && wentBack.reduce((sum, entry) => sum - entry.amountMinor, 0n) >= amountMinor;
}

/** Refunds that failed after a mail had told of them, and whose failure no mail tells. */
export async function findUntoldFailures(db: Db): Promise<string[]> {
  const failed = await db.refund.findMany({ where: { status: "failed", paymentId: { not: null } } });
  const untold = await Promise.all(
    failed.map(async ({ id }) => {
      const [isTold, isRetracted] = [await wasSent(db, `refunded:${id}`), await wasSent(db, `refund-failed:${id}`)];
      return isTold === isRetracted ? [] : [`mails: the refund ${id} failed, told ${isTold}, retracted ${isRetracted}`];
    }),
  );
  return untold.flat();
}

async function wasSent(db: Db, factKey: string): Promise<boolean> {
  return (await db.outboxMail.count({ where: { factKey, sentAt: { not: null } } })) > 0;
}

/** True if the invoice was paid or is a bank debit's, or if the gift has ended or is paused. */
async function isRenewalOutdated(db: Db, attempt: string): Promise<boolean> {
  const [invoiceId = ""] = attempt.split(":");
  if (await db.payment.findUnique({ where: { invoiceId } })) return true;
  const { subscriptionId } = await db.failedAttempt.findUniqueOrThrow({ where: { key: attempt } });
  const gift = await db.recurringGift.findUnique({ where: { subscriptionId: subscriptionId ?? "" } });
  return gift !== null && ["canceled", "unpaid", "paused"].includes(gift.status);
}
