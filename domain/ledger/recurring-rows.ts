// Every write of a recurring gift, with what all of them are worth: the sums are changed in the same transaction, by what the gift
// was and is. Nothing else writes either table, and a test looks.
import type { Prisma, RecurringGift } from "../../generated/sqlite/client";
import type { Tx } from "../database";
import { forRows } from "./many-rows";
import { addRow, changeRow } from "./rows";

type Counted = Pick<RecurringGift, "currency" | "frequency" | "status" | "cancelAt" | "amountMinor">;
/** A change after which the gift counts for what it did. */
type Uncounted = Omit<Prisma.RecurringGiftUncheckedUpdateManyInput, keyof Counted>;
type Sum = { currency: string; frequency: string; status: string; gifts: number; ending: number; amountMinor: bigint };

/** One that has not begun, rests or has ended is counted nowhere. */
export const COUNTED_STATUSES = ["active", "past_due", "unpaid"];

/** One of which nothing is known yet, and about which Stripe has not been asked. */
export function newRecurringGift(now: Date) {
  return {
    id: crypto.randomUUID(),
    ...{ subscriptionItemId: null, productId: null, customerId: null, unusual: null },
    ...{ startedAt: null, nextPaymentAt: null, chargesNextAt: null, resumesAt: null, cancelAt: null },
    ...{ endedAt: null, endReason: null, cardExpiresAt: null },
    ...{ article: null, appeal: null, variant: null, giftId: null, supporterId: null },
    ...{ changesSeen: 1, changesFetched: 0, fetchAttempts: 0, fetchAfter: now, recordedAt: now },
  };
}

export async function addRecurringGift(tx: Tx, gift: RecurringGift): Promise<RecurringGift> {
  await addRow(tx, "RecurringGift", gift);
  await addToSums(tx, sumsOf(gift, 1));
  return gift;
}

/** `before`: as it was read in this transaction, so that nothing can have changed it since. */
export async function changeRecurringGift(
  tx: Tx,
  before: RecurringGift,
  to: Partial<RecurringGift>,
): Promise<RecurringGift> {
  const gift = await changeRow(tx, "RecurringGift", { before, to });
  await addToSums(tx, [...sumsOf(before, -1), ...sumsOf(gift, 1)]);
  return gift;
}

/** No sum changes. In a transaction all the same: one that is at work has read the row, and writes what follows from that. */
export function noteInRecurringGifts(tx: Tx, where: Prisma.RecurringGiftWhereInput, data: Uncounted) {
  return tx.recurringGift.updateManyAndReturn({ where, data });
}

function sumsOf({ currency, frequency, status, cancelAt, amountMinor }: Counted, sign: 1 | -1): Sum[] {
  if (!COUNTED_STATUSES.includes(status)) return [];
  const ending = cancelAt ? sign : 0;
  return [{ currency, frequency, status, gifts: sign, ending, amountMinor: BigInt(sign) * amountMinor }];
}

/** One statement, or none where nothing changes; its rows always in one order, so that two never wait for each other. */
async function addToSums(tx: Tx, added: Sum[]): Promise<void> {
  const sums = new Map<string, Sum>();
  for (const sum of added) sums.set(nameOf(sum), together(sums.get(nameOf(sum)), sum));
  const changes = [...sums].filter(([, sum]) => sum.gifts !== 0 || sum.ending !== 0 || sum.amountMinor !== 0n);
  if (changes.length === 0) return;
  const rows = changes.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => COLUMNS.map((name) => sum[name]));
  await tx.$executeRaw(...forRows(INSERT, rows, ADD));
}

function together(known: Sum | undefined, sum: Sum): Sum {
  if (!known) return sum;
  const { gifts, ending, amountMinor } = known;
  return {
    ...sum,
    gifts: gifts + sum.gifts,
    ending: ending + sum.ending,
    amountMinor: amountMinor + sum.amountMinor,
  };
}

function nameOf({ currency, frequency, status }: Sum): string {
  return [currency, frequency, status].join("|");
}

const COLUMNS = ["currency", "frequency", "status", "gifts", "ending", "amountMinor"] as const;
const INSERT = `INSERT INTO "RecurringTotal" (${COLUMNS.map((name) => `"${name}"`).join(", ")}) VALUES`;
const ADD = `ON CONFLICT ("currency", "frequency", "status") DO UPDATE SET
  ${["gifts", "ending", "amountMinor"].map((name) => `"${name}" = "RecurringTotal"."${name}" + excluded."${name}"`).join(", ")}`;
