// How much of a payment has gone back, or is held by a bank, is kept with the payment: it must be what its entries say.
import type { Payment } from "../../../generated/sqlite/client";
import type { Tx } from "../../database";
import { type Difference, sumDiffers } from "./row";

/** Prisma refuses a grouping with a thousand values on SQLite. */
const PAGE = 500;
const COLUMNS = ["refundedMinor", "disputedMinor"] as const;

type Standing = Record<(typeof COLUMNS)[number], bigint>;

/** Page by page: neither the memory nor the values of a statement grow with the number of payments. */
export async function compareStandings(tx: Tx): Promise<Difference[]> {
  const found: Difference[] = [];
  for (let after = ""; ; ) {
    const page = await tx.payment.findMany({ where: { id: { gt: after } }, orderBy: { id: "asc" }, take: PAGE });
    const told = await standingsOf(
      tx,
      page.map(({ id }) => id),
    );
    for (const payment of page) found.push(...compareStanding(payment, told.get(payment.id)));
    if (page.length < PAGE) return found;
    after = page.at(-1)?.id ?? "";
  }
}

async function standingsOf(tx: Tx, ids: string[]): Promise<Map<string, Standing>> {
  const sums = await tx.entry.groupBy({
    by: ["paymentId", "kind"],
    where: { paymentId: { in: ids }, kind: { not: "payment" } },
    _sum: { amountMinor: true },
  });
  const told = new Map<string, Standing>();
  for (const { paymentId, kind, _sum } of sums) {
    const standing = told.get(paymentId) ?? { refundedMinor: 0n, disputedMinor: 0n };
    standing[kind.startsWith("refund") ? "refundedMinor" : "disputedMinor"] -= _sum.amountMinor ?? 0n;
    told.set(paymentId, standing);
  }
  return told;
}

function compareStanding(payment: Payment, told: Standing | undefined): Difference[] {
  const object = payment.paymentIntentId ?? payment.invoiceId ?? payment.id;
  return COLUMNS.map((column) => ({ place: `payment.${column}`, ours: payment[column], theirs: told?.[column] ?? 0n }))
    .filter(({ ours, theirs }) => ours !== theirs)
    .map((difference) => sumDiffers(object, difference));
}
