import { type Currency, isStripeCurrency } from "../currencies";
import type { PaymentStanding } from "../ledger/payment-standing";
import { isDay } from "./exports/payments";
import type { PaymentCursor } from "./store/payments";

export const PAYMENT_STANDINGS = [
  "kept",
  "on-its-way",
  "partly-returned",
  "returned",
  "held-by-bank",
  "failed",
] as const satisfies readonly PaymentStanding[];
export const PAYMENT_KINDS = ["once", "recurring"] as const;

/**
 * The filter of the list of payments. A value of null or "" does not filter. `from`, `to`: days in the newsroom's time
 * zone, both included.
 */
export type PaymentListFilter = {
  state: PaymentStanding | null;
  currency: Currency | null;
  kind: (typeof PAYMENT_KINDS)[number] | null;
  from: string;
  to: string;
  /** The position after which the page begins; null for the first page. */
  after: PaymentCursor | null;
};

export type PaymentListFilterRefusal = "no-day" | "to-before-from";
/** `refused`: the day that is invalid, and why. Null if both days are valid. */
export type ParsedPaymentListFilter = {
  view: PaymentListFilter;
  refused: { field: "from" | "to"; reason: PaymentListFilterRefusal } | null;
};

type Query = Readonly<Record<string, unknown>>;

/** Reads the filter from the URL. Ignores invalid values, but returns an invalid day in `refused`. */
export function parsePaymentListFilter(query: Query): ParsedPaymentListFilter {
  const text = (name: string) => (typeof query[name] === "string" ? query[name].trim().slice(0, 100) : "");
  const currency = text("currency");
  const view: PaymentListFilter = {
    state: PAYMENT_STANDINGS.find((each) => each === text("state")) ?? null,
    currency: isStripeCurrency(currency) ? currency : null,
    kind: PAYMENT_KINDS.find((each) => each === text("kind")) ?? null,
    from: text("from"),
    to: text("to"),
    after: parsePlace(text("after")),
  };
  return { view, refused: refusalOf(view) };
}

export function paymentListFilterQueryString({ after, ...choices }: PaymentListFilter): string {
  const chosen = Object.entries(choices).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return String(new URLSearchParams([...chosen, ...(after ? [["after", writePlace(after)]] : [])]));
}

export function isPaymentListFiltered(view: PaymentListFilter): boolean {
  return paymentListFilterQueryString({ ...view, after: null }) !== "";
}

function refusalOf({ from, to }: PaymentListFilter): ParsedPaymentListFilter["refused"] {
  if (from && !isDay(from)) return { field: "from", reason: "no-day" };
  if (to && !isDay(to)) return { field: "to", reason: "no-day" };
  return from && to && to < from ? { field: "to", reason: "to-before-from" } : null;
}

function writePlace({ paidAt, id }: PaymentCursor): string {
  return `${paidAt.toISOString()} ${id}`.trimEnd();
}

/**
 * Reads a position in the list of payments, as writePlace() writes it: a time, and usually a payment's id. Without an
 * id, the next page begins before this time.
 */
function parsePlace(text: string): PaymentCursor | null {
  const [, at = "", id = ""] = /^(20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)(?: ([\w~-]{1,64}))?$/.exec(text) ?? [];
  const paidAt = new Date(at);
  return Number.isNaN(paidAt.getTime()) ? null : { paidAt, id };
}
