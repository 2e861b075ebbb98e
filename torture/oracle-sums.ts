// The second opinion's own sums: what was given, went back and was disputed, and what Stripe settled of it, reckoned from Stripe's
// objects without the ledger's rules, beside what the ledger keeps as its totals.
import type Stripe from "stripe";
import type { Db } from "../systems/database";

type Own = { charge: Stripe.Charge };
type Objects = {
  own: Own[];
  refunds: Stripe.Refund[];
  disputes: Stripe.Dispute[];
  balance: Stripe.BalanceTransaction[];
};
const COUNTED = ["payments", "grossMinor", "refunds", "refundedMinor", "disputes", "disputedMinor"] as const;
const SETTLED = ["settledPayments", "settledMinor", "feeMinor", "netMinor"] as const;
type Sums = Record<(typeof COUNTED)[number] | (typeof SETTLED)[number], number>;

/** A line for each currency given in, and one for each that it was settled in. */
export function totalsOfStripe({ own, refunds, disputes, balance }: Objects): string[] {
  const sums = newSums();
  for (const { charge } of own)
    if (charge.status === "succeeded") sums.add(charge.currency, "", { payments: 1, grossMinor: charge.amount });
  for (const { currency, amount, status } of refunds)
    if (status !== "failed" && status !== "canceled") sums.add(currency, "", { refunds: 1, refundedMinor: amount });
  for (const dispute of disputes)
    if (isHeld(dispute)) sums.add(dispute.currency, "", { disputes: 1, disputedMinor: dispute.amount });
  const given = new Map([...own.map(({ charge }) => charge), ...refunds, ...disputes].map((each) => [each.id, each]));
  for (const { source, currency, fee, net, type } of balance) {
    const about = given.get(String(source));
    if (!about) continue;
    const isPayment = about.object === "charge" && about.status === "succeeded" && /^(charge|payment)$/.test(type);
    const settled = isPayment ? { settledPayments: 1, settledMinor: about.amount } : {};
    sums.add(about.currency, currency, { ...settled, feeMinor: fee, netMinor: net });
  }
  return sums.lines();
}

export async function totalsOfBooks(db: Db): Promise<string[]> {
  const sums = newSums();
  for (const row of await db.total.findMany({ where: { period: "ever", by: "frequency" } })) {
    const numbers = [...COUNTED, ...SETTLED].map((name) => [name, Number(row[name])]);
    sums.add(row.currency, row.settledCurrency, Object.fromEntries(numbers));
  }
  return sums.lines();
}

/** Its money is with the bank: more than an inquiry, and not given back. */
export function isHeld({ status, balance_transactions: moved }: Stripe.Dispute): boolean {
  return status !== "won" && moved.length > 0;
}

function newSums() {
  const all = new Map<string, Sums>();
  return {
    add(currency: string, settled: string, more: Partial<Sums>): void {
      const key = `${currency}${settled && ` in ${settled}`}`.toUpperCase();
      const sums = all.get(key) ?? (Object.fromEntries([...COUNTED, ...SETTLED].map((name) => [name, 0])) as Sums);
      for (const name of [...COUNTED, ...SETTLED]) sums[name] += more[name] ?? 0;
      all.set(key, sums);
    },
    /** What comes to nothing may be a row of noughts on one side and no row on the other. */
    lines(): string[] {
      return [...all].flatMap(([key, sums]) => {
        const told = [...COUNTED, ...SETTLED].filter((name) => sums[name] !== 0).map((name) => `${name} ${sums[name]}`);
        return told.length > 0 ? [`${key}: ${told.join(", ")}`] : [];
      });
    },
  };
}
