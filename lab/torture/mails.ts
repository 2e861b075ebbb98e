import type { Db } from "../../systems/database";

/** Counts the e-mails by their id in the outbox. The Message-ID header begins with that id. */
export function countMailsById(mails: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const mail of mails) {
    const id = /^message-id: *<(.+?)@/im.exec(mail)?.[1] ?? "";
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

/**
 * Returns a line for each e-mail that did not arrive. Leaves out outdated e-mails, because the site is allowed to drop
 * them.
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
  // An e-mail of these two kinds never counts as lost. The site may drop it once the day of the charge, or the card's
  // last day, has passed.
  if (kind === "upcoming" || kind === "card-expires") return true;
  const { status, amountMinor, entries } = await db.payment.findUniqueOrThrow({
    where: { id },
    include: { entries: true },
  });
  if (kind === "debit-pending") return status !== "pending";
  if (kind === "debit-bounced") return status === "succeeded";
  // Counts refunds and disputes even if they were reversed later: the site could have dropped the thank-you e-mail
  // before the reversal.
  const wentBack = entries.filter((entry) => entry.kind === "refund" || entry.kind === "dispute");
  return kind === "thanks" && wentBack.reduce((sum, entry) => sum - entry.amountMinor, 0n) >= amountMinor;
}

/**
 * Returns a line for each failed refund about which only one of two e-mails was sent. The first is about the refund,
 * the second about its failure. The site must send both or neither.
 */
export async function findMailMismatchesOfFailedRefunds(db: Db): Promise<string[]> {
  const failed = await db.refund.findMany({ where: { status: "failed", paymentId: { not: null } } });
  const unreported = await Promise.all(
    failed.map(async ({ id }) => {
      const [isAnnounced, isRetracted] = [
        await wasSent(db, `refunded:${id}`),
        await wasSent(db, `refund-failed:${id}`),
      ];
      return isAnnounced === isRetracted
        ? []
        : [`mails: the refund ${id} failed; announced: ${isAnnounced}, retracted: ${isRetracted}`];
    }),
  );
  return unreported.flat();
}

async function wasSent(db: Db, factKey: string): Promise<boolean> {
  return (await db.outboxMail.count({ where: { factKey, sentAt: { not: null } } })) > 0;
}

/**
 * Returns true if the site no longer needs to report this failed renewal. This is so if the invoice has a payment, even
 * a bank debit that is pending or has bounced. It is also so if the gift is canceled, unpaid or paused.
 */
async function isRenewalOutdated(db: Db, attempt: string): Promise<boolean> {
  const [invoiceId = ""] = attempt.split(":");
  if (await db.payment.findUnique({ where: { invoiceId } })) return true;
  const { subscriptionId } = await db.failedAttempt.findUniqueOrThrow({ where: { key: attempt } });
  const gift = await db.recurringGift.findUnique({ where: { subscriptionId: subscriptionId ?? "" } });
  return gift !== null && ["canceled", "unpaid", "paused"].includes(gift.status);
}
