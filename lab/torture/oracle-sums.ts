// Computes the same totals in two ways: from Stripe's objects, without the ledger's code, and from the ledger's rows.
import type Stripe from "stripe";
import type { Db } from "../../systems/database";

type Own = { fact: string; charge: Stripe.Charge; covered: number };
type Objects = {
  own: Own[];
  refunds: Stripe.Refund[];
  disputes: Stripe.Dispute[];
  balance: Stripe.BalanceTransaction[];
};
const COUNTED = [
  "payments",
  "grossMinor",
  "coveredFeeMinor",
  "refunds",
  "refundedMinor",
  "disputes",
  "disputedMinor",
] as const;
const SETTLED = ["settledPayments", "settledMinor", "feeMinor", "netMinor"] as const;
/** Columns for bank debits that the bank has not decided yet. The other columns do not include such debits. */
const PENDING = ["pendingPayments", "pendingMinor", "pendingFeeMinor", "pendingNetMinor"] as const;
const ALL = [...COUNTED, ...SETTLED, ...PENDING] as const;
type Sums = Record<(typeof ALL)[number], number>;

/**
 * Returns lines of sums: one for each currency of the gifts, and one for each combination of that currency and the
 * currency in which Stripe settled.
 */
export function expectedTotalLinesFromStripe({ own, refunds, disputes, balance }: Objects): string[] {
  const sums = newSums();
  for (const { charge, covered: coveredFeeMinor } of own)
    if (charge.status === "succeeded")
      sums.add(charge.currency, "", { payments: 1, grossMinor: charge.amount, coveredFeeMinor });
  for (const { currency, amount, status } of refunds)
    if (status !== "failed" && status !== "canceled") sums.add(currency, "", { refunds: 1, refundedMinor: amount });
  for (const dispute of disputes)
    if (isDisputedAmountWithdrawn(dispute))
      sums.add(dispute.currency, "", { disputes: 1, disputedMinor: dispute.amount });
  const pending = own.filter(({ fact, charge }) => charge.status === "pending" && !isSettledOrBounced(fact, own));
  for (const { charge } of pending) sums.add(charge.currency, "", { pendingPayments: 1, pendingMinor: charge.amount });
  const pendingCharges = new Set(
    own.filter(({ charge }) => charge.status === "pending").map(({ charge }) => charge.id),
  );
  const counted = new Set(pending.map(({ charge }) => charge.id));
  const objects = new Map([...own.map(({ charge }) => charge), ...refunds, ...disputes].map((each) => [each.id, each]));
  for (const { source, currency, fee, net, type } of balance) {
    const about = objects.get(String(source));
    if (!about) continue;
    if (pendingCharges.has(about.id)) {
      if (counted.has(about.id)) sums.add(about.currency, currency, { pendingFeeMinor: fee, pendingNetMinor: net });
      continue;
    }
    const isPayment = about.object === "charge" && about.status === "succeeded" && /^(charge|payment)$/.test(type);
    const settled = isPayment ? { settledPayments: 1, settledMinor: about.amount } : {};
    sums.add(about.currency, currency, { ...settled, feeMinor: fee, netMinor: net });
  }
  return sums.lines();
}

export async function readStoredTotalsAsLines(db: Db): Promise<string[]> {
  const sums = newSums();
  for (const row of await db.total.findMany({ where: { period: "ever", by: "frequency" } })) {
    const numbers = ALL.map((name) => [name, Number(row[name])]);
    sums.add(row.currency, row.settledCurrency, Object.fromEntries(numbers));
  }
  return sums.lines();
}

/**
 * Computes the totals from the ledger's rows. The stored totals must equal these at any moment, even before all events
 * have arrived.
 */
export async function computeTotalsFromLedgerRows(db: Db): Promise<string[]> {
  const sums = newSums();
  const payments = new Map((await db.payment.findMany()).map((payment) => [payment.id, payment]));
  for (const { status, currency, amountMinor } of payments.values())
    if (status === "pending") sums.add(currency, "", { pendingPayments: 1, pendingMinor: Number(amountMinor) });
  for (const { kind, currency, amountMinor, paymentId } of await db.entry.findMany()) {
    const [sign, sum] = [kind.endsWith("-returned") ? -1 : 1, Number(amountMinor)];
    const coveredFeeMinor = Number(payments.get(paymentId)?.coveredFeeMinor ?? 0n);
    if (kind === "payment") sums.add(currency, "", { payments: 1, grossMinor: sum, coveredFeeMinor });
    else if (kind.startsWith("refund")) sums.add(currency, "", { refunds: sign, refundedMinor: -sum });
    else sums.add(currency, "", { disputes: sign, disputedMinor: -sum });
  }
  const balance = await db.balanceEntry.findMany();
  const bounced = new Set(balance.filter(({ kind }) => kind === "payment-returned").map(({ sourceId }) => sourceId));
  for (const { kind, paymentId, sourceId, currency: settled, ...row } of balance) {
    const payment = payments.get(paymentId);
    const [feeMinor, netMinor] = [Number(row.feeMinor), Number(row.netMinor)];
    if (!payment) continue;
    const { currency, status, amountMinor } = payment;
    if (kind === "payment" && status === "succeeded" && sourceId === payment.chargeId)
      sums.add(currency, settled, { settledPayments: 1, settledMinor: Number(amountMinor), feeMinor, netMinor });
    else if (kind !== "payment" || bounced.has(sourceId)) sums.add(currency, settled, { feeMinor, netMinor });
    else if (status === "pending")
      sums.add(currency, settled, { pendingFeeMinor: feeMinor, pendingNetMinor: netMinor });
  }
  return sums.lines();
}

/**
 * Compares the stored all-time totals, summed for each pair of currencies, with the sums of the ledger's rows. Returns
 * a line for each sum that only one of the two has, and the lines of findTotalsWithMoreSettledThanGiven(). The result
 * must always be empty, even before all events have arrived.
 */
export async function findWrongTotals(db: Db): Promise<string[]> {
  const [stored, rows] = [await readStoredTotalsAsLines(db), await computeTotalsFromLedgerRows(db)];
  return [
    ...rows.filter((each) => !stored.includes(each)).map((each) => `totals: the rows give ${each}`),
    ...stored.filter((each) => !rows.includes(each)).map((each) => `totals: the stored sums give ${each}`),
    ...(await findTotalsWithMoreSettledThanGiven(db)),
  ];
}

/** Returns true if a charge of the payment has been decided: it succeeded, or its bank debit bounced. */
function isSettledOrBounced(fact: string, own: readonly Own[]): boolean {
  return own.some(
    (other) => other.fact === fact && other.charge.status !== "pending" && other.charge.balance_transaction,
  );
}

/**
 * Returns a line for each impossible total: more was settled than given, the net exceeds the settled amount, or the
 * pending net exceeds the pending amount. Checks only all-time totals: on the day when money returns after a won
 * dispute, the net can exceed the settled amount. Compares net amounts only if gifts and settlement have the same
 * currency.
 */
export async function findTotalsWithMoreSettledThanGiven(db: Db): Promise<string[]> {
  const rows = await db.total.findMany({ where: { period: "ever" } });
  const byName = new Map(rows.map((row) => [line(row.by, row.value, row.currency, row.settledCurrency), row]));
  return rows.flatMap((row) => {
    const { by, value, currency, settledCurrency, netMinor, settledMinor, pendingNetMinor } = row;
    const ofPayments = byName.get(line(by, value, currency, ""));
    const [gross, pending] = [ofPayments?.grossMinor ?? 0n, ofPayments?.pendingMinor ?? 0n];
    const isSame = currency === settledCurrency;
    const wrong = [
      settledMinor > gross ? `settled ${settledMinor} of ${gross}` : "",
      isSame && netMinor > settledMinor ? `net ${netMinor} of ${settledMinor} settled` : "",
      isSame && pendingNetMinor > pending ? `net ${pendingNetMinor} of ${pending} on its way` : "",
    ].filter(Boolean);
    return wrong.map((each) => `${by} ${value} in ${currency}: ${each}`);
  });
}

function line(...parts: string[]): string {
  return parts.join("|");
}

/**
 * Returns true while the bank holds the money, and after a lost dispute. An inquiry moves no money, and after a won
 * dispute the money is back.
 */
export function isDisputedAmountWithdrawn({ status, balance_transactions: moved }: Stripe.Dispute): boolean {
  return status !== "won" && moved.length > 0;
}

function newSums() {
  const all = new Map<string, Sums>();
  return {
    add(currency: string, settled: string, more: Partial<Sums>): void {
      const key = `${currency}${settled && ` in ${settled}`}`.toUpperCase();
      const sums = all.get(key) ?? (Object.fromEntries(ALL.map((name) => [name, 0])) as Sums);
      for (const name of ALL) sums[name] += more[name] ?? 0;
      all.set(key, sums);
    },
    /**
     * Returns one line of text for each row of sums. Leaves out rows in which all sums are zero. Such a row can exist
     * in the ledger but not in the computed totals, or the other way round.
     */
    lines(): string[] {
      return [...all].flatMap(([key, sums]) => {
        const values = ALL.filter((name) => sums[name] !== 0).map((name) => `${name} ${sums[name]}`);
        return values.length > 0 ? [`${key}: ${values.join(", ")}`] : [];
      });
    },
  };
}
