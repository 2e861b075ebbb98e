// The mails that came, beside what the outbox says of them.
import type { Db } from "../../systems/database";

/** How often each mail came, by its id in the outbox, which its Message-ID begins with. */
export function countMails(mails: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const mail of mails) {
    const id = /^message-id: *<(.+?)@/im.exec(mail)?.[1] ?? "";
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

/**
 * Every mail of the outbox has come, but thanks for money that had gone back by then, refunds that failed, and word of a debit that
 * the bank had answered meanwhile or that was paid after all.
 */
export async function lostMails(db: Db, came: Map<string, number>): Promise<string[]> {
  const missing = (await db.outboxMail.findMany()).filter(({ id }) => !came.has(id));
  const lost = await Promise.all(
    missing.map(async (row) => ((await isOutdated(db, row.factKey)) ? [] : [row.factKey])),
  );
  return lost.flat().map((fact) => `the mail ${fact} did not come`);
}

async function isOutdated(db: Db, factKey: string): Promise<boolean> {
  const [kind, id = ""] = factKey.split(":");
  if (kind === "went-back") return (await db.refund.findUniqueOrThrow({ where: { id } })).status === "failed";
  if (kind === "sign-in") return false;
  const { status, amountMinor, refundedMinor, disputedMinor } = await db.payment.findUniqueOrThrow({ where: { id } });
  if (kind === "debit-begun") return status !== "pending";
  if (kind === "debit-bounced") return status === "succeeded";
  return kind === "thanks" && refundedMinor + disputedMinor >= amountMinor;
}
