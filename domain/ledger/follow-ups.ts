// What Stripe has still to be asked about: a webhook rarely carries what it kept, or what a dispute moved. Queued in the
// transaction that made it necessary; the answer comes back as facts, by the same way as any other.
import type { Db } from "../database";
import { forRow } from "./many-rows";
import type { Recording } from "./recording";

/**
 * `payment:<our id>`, `debit:<Stripe's payment intent>`, `refund:<Stripe's id>`, `dispute:<Stripe's id>`,
 * `attempt:<Stripe's invoice>:<number of the try>`
 */
export type FollowUpKey = `${"payment" | "debit" | "refund" | "dispute" | "attempt"}:${string}`;

/** Asks again from now on, also where the same had been answered before. Books that are rebuilt are told the answer anyway. */
export async function followUp({ tx, now, silent, answering }: Recording, key: FollowUpKey): Promise<void> {
  if (silent || answering === key) return;
  const after = 'ON CONFLICT ("key") DO UPDATE SET "after" = excluded."after", "attempts" = 0';
  await tx.$executeRaw(...forRow({ table: "FollowUp", row: { key, after: now }, after }));
}

/** Longest waiting first, and debits after all others: most may be another product's, and none of ours shall wait for those. */
export async function listFollowUps(db: Db, { now, most }: { now: Date; most: number }) {
  const isDebit = { key: { startsWith: "debit:" } };
  const due = { after: { lte: now } };
  const ours = await db.followUp.findMany({ where: { ...due, NOT: isDebit }, orderBy: { after: "asc" }, take: most });
  if (ours.length === most) return ours;
  const take = most - ours.length;
  return [...ours, ...(await db.followUp.findMany({ where: { ...due, ...isDebit }, orderBy: { after: "asc" }, take }))];
}

/** Answered in full; kept where it has been asked anew meanwhile. */
export async function endFollowUp(db: Db, { key, after }: { key: string; after: Date }): Promise<void> {
  await db.followUp.deleteMany({ where: { key, after } });
}

export async function postponeFollowUp(db: Db, asked: { key: string; after: Date; until: Date }): Promise<void> {
  const { key, after, until } = asked;
  await db.followUp.updateMany({ where: { key, after }, data: { after: until, attempts: { increment: 1 } } });
}
