import type { Db } from "../../database";

export type OverdueRow = {
  id: string;
  subscriptionId: string;
  amountMinor: bigint;
  currency: string;
  frequency: string;
  status: string;
  overdueSince: Date | null;
  /**
   * The time of the latest failed attempt to charge a renewal. Null if the ledger contains no such attempt, for example
   * because it was rebuilt from Stripe.
   */
  failedAt: Date | null;
  code: string | null;
  nextAttemptAt: Date | null;
};

export function selectOverdueGifts(db: Db): Promise<OverdueRow[]> {
  return db.$queryRaw<OverdueRow[]>`
    SELECT "gift"."id", "gift"."subscriptionId", "gift"."amountMinor", "gift"."currency", "gift"."frequency", "gift"."status",
      "gift"."overdueSince", "try"."failedAt", "try"."code", "try"."nextAttemptAt"
    FROM "RecurringGift" AS "gift" LEFT JOIN "FailedAttempt" AS "try" ON "try"."key" = (
      SELECT "key" FROM "FailedAttempt" WHERE "subscriptionId" = "gift"."subscriptionId" AND "isRenewal"
      ORDER BY "failedAt" DESC, "key" DESC LIMIT 1)
    WHERE "gift"."status" IN ('past_due', 'unpaid') ORDER BY "gift"."id"`;
}

export type MailAboutOverdueGift = { id: string; kind: "renewal-failed" | "payment-link"; at: Date };

/**
 * Selects the sent e-mails about failed renewals of these gifts, and the payment links that colleagues sent, in no
 * particular order. `id` in the result is the gift's id.
 */
export async function selectSentMailsAboutOverdueGifts(
  db: Db,
  gifts: Pick<OverdueRow, "id" | "subscriptionId">[],
): Promise<MailAboutOverdueGift[]> {
  return [...(await selectFailureMails(db, gifts)), ...(await selectLinks(db, gifts))];
}

async function selectFailureMails(
  db: Db,
  gifts: Pick<OverdueRow, "id" | "subscriptionId">[],
): Promise<MailAboutOverdueGift[]> {
  const ids = new Map(gifts.map(({ id, subscriptionId }) => [subscriptionId, id]));
  const tries = await inParts([...ids.keys()], (part) =>
    db.failedAttempt.findMany({
      where: { subscriptionId: { in: part }, isRenewal: true },
      select: { key: true, subscriptionId: true },
    }),
  );
  const giftOf = new Map(
    tries.map(({ key, subscriptionId }) => [`renewal:${key}`, ids.get(subscriptionId ?? "") ?? ""]),
  );
  const mails = await inParts([...giftOf.keys()], (part) =>
    db.outboxMail.findMany({
      where: { factKey: { in: part }, sentAt: { not: null } },
      select: { factKey: true, sentAt: true },
    }),
  );
  return mails.flatMap(({ factKey, sentAt }) =>
    sentAt ? [{ id: giftOf.get(factKey) ?? "", kind: "renewal-failed" as const, at: sentAt }] : [],
  );
}

async function selectLinks(db: Db, gifts: Pick<OverdueRow, "id">[]): Promise<MailAboutOverdueGift[]> {
  const abouts = gifts.map(({ id }) => `${ABOUT}${id}`);
  const acts = await inParts(abouts, (part) =>
    db.act.findMany({ where: { about: { in: part }, kind: "payment-link-sent" }, select: { about: true, at: true } }),
  );
  return acts.map(({ about, at }) => ({ id: about.slice(ABOUT.length), kind: "payment-link" as const, at }));
}

const ABOUT = "recurring-gift:";

/** The maximum number of values in one statement. SQLite can be built so that it accepts only 999. */
const MAX_VALUES = 500;

async function inParts<Row>(values: readonly string[], find: (part: string[]) => Promise<Row[]>): Promise<Row[]> {
  const rows: Row[] = [];
  for (let n = 0; n < values.length; n += MAX_VALUES) rows.push(...(await find(values.slice(n, n + MAX_VALUES))));
  return rows;
}
