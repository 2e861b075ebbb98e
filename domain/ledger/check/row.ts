// What the check compares: a row of the books as names and texts, told by Stripe's objects on one side and read from the ledger on
// the other.

export type Place =
  | "payment"
  | "entry"
  | "balance"
  | "refund"
  | "dispute"
  | "payout"
  | "recurring-gift"
  | "recurring-note"
  | "attempt";

/** `key` is Stripe's id or the entry's fact. Only the columns that this telling knows; null is a value, absent is unknown. */
export type Row = { place: Place; key: string; columns: Record<string, string | null> };

/** The column that says who gave: hashes of addresses, which are compared and never written down. Ours are all current ones. */
export const SUPPORTER_COLUMN = "supporter";

export type Cause =
  /** At Stripe, not in the books. */
  | "missing"
  /** In the books, not at Stripe. */
  | "not-at-stripe"
  | "differs"
  /** The books do not agree with themselves. */
  | "sum-differs"
  /** At Stripe, and not to be read; `theirs` is the reason. */
  | "unreadable";

export type Difference = {
  /** Stripe's id, or the fact's key. */
  object: string;
  /** `payment.amountMinor` */
  place: string;
  cause: Cause;
  ours: string | null;
  theirs: string | null;
};

export function nameOf({ place, key }: Row): string {
  return `${place} ${key}`;
}

/** What Stripe tells of a row against the row itself; nothing where they agree. */
export function compareRow(theirs: Row, ours: Row | undefined): Difference[] {
  const { place, key, columns } = theirs;
  if (!ours) return [{ object: key, place, cause: "missing", ours: null, theirs: sumOf(columns) }];
  return Object.entries(columns)
    .filter(([name, value]) => !isSame(name, ours.columns[name] ?? null, value))
    .map(([name, value]) => ({
      object: key,
      place: `${place}.${name}`,
      cause: "differs",
      ...(name === SUPPORTER_COLUMN
        ? { ours: ours.columns[name] ? "another supporter" : null, theirs: "the supporter whom Stripe names" }
        : { ours: ours.columns[name] ?? null, theirs: value }),
    }));
}

function isSame(name: string, ours: string | null, theirs: string | null): boolean {
  return name === SUPPORTER_COLUMN ? theirs !== null && (ours ?? "").split(" ").includes(theirs) : ours === theirs;
}

type Told = { place: string; ours: number | bigint | undefined; theirs: number | bigint | undefined };

/** The books do not agree with themselves: `ours` is what is kept, `theirs` what the entries say. */
export function sumDiffers(object: string, { place, ours, theirs }: Told): Difference {
  return { object, place, cause: "sum-differs", ours: String(ours ?? 0), theirs: String(theirs ?? 0) };
}

/** What a missing row would have said, for a person who looks for it. */
function sumOf({ amountMinor, currency }: Row["columns"]): string | null {
  return amountMinor && currency ? `${amountMinor} ${currency}` : null;
}
