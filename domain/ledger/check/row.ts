// A row in the form that the books check compares: names and texts, once as Stripe's objects demand it and once as the ledger holds
// it.

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

/**
 * `key`: Stripe's id, or the key of an entry, note or attempt. `columns`: null is a value, a missing column is not compared. A row
 * that Stripe demands has only the columns that Stripe's object determines.
 */
export type Row = { place: Place; key: string; columns: Record<string, string | null> };

/**
 * The column that names the supporter by hashes of addresses: one hash on Stripe's side, all current ones of the supporter on ours.
 * The hashes are compared and never written to a difference.
 */
export const SUPPORTER_COLUMN = "supporter";

export type Cause =
  /** The row is demanded by Stripe's objects, and is not in the ledger. */
  | "missing"
  /** The row is in the ledger, and Stripe has no object for it. */
  | "not-at-stripe"
  | "differs"
  /** A sum that the ledger stores differs from the rows that it adds up. */
  | "sum-differs"
  /** Stripe has the object, but the site cannot read it; `theirs` is the reason. */
  | "unreadable";

export type Difference = {
  /** Stripe's id, or the name of the ledger's row. */
  object: string;
  /** `payment` for a missing row, `payment.amountMinor` for one column, the name of Stripe's list for an unreadable object. */
  place: string;
  cause: Cause;
  ours: string | null;
  theirs: string | null;
};

export function nameOf({ place, key }: Row): string {
  return `${place} ${key}`;
}

/** Returns the differences between the row that Stripe demands and the ledger's row. */
export function compareRow(theirs: Row, ours: Row | undefined): Difference[] {
  const { place, key, columns } = theirs;
  if (!ours) return [{ object: key, place, cause: "missing", ours: null, theirs: amountOf(columns) }];
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

/** Compares a sum that the ledger stores with the sum derived from its rows. Returns one difference, or none if they are equal. */
export function compareSum(
  object: string,
  { place, ours, theirs }: { place: string; ours: number | bigint; theirs: number | bigint },
): Difference[] {
  const [stored, derived] = [String(ours), String(theirs)];
  return stored === derived ? [] : [{ object, place, cause: "sum-differs", ours: stored, theirs: derived }];
}

/** The amount of a missing row, so that staff know what to look for. */
function amountOf({ amountMinor, currency }: Row["columns"]): string | null {
  return amountMinor && currency ? `${amountMinor} ${currency}` : null;
}
