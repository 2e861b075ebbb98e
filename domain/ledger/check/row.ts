// A row in the form that the books check compares: names and texts, once as Stripe's objects demand it and once as the ledger holds
// it.

export type Place =
  | "payment"
  | "entry"
  | "balance"
  | "refund"
  | "dispute"
  | "payout"
  | "payout-entry"
  | "recurring-gift"
  | "recurring-note"
  | "attempt";

/**
 * `key`: Stripe's id, or the key of an entry, note or attempt. `columns`: null is a value, a missing column is not compared. A row
 * that Stripe demands has only the columns that Stripe's object determines.
 */
export type Row = { place: Place; key: string; columns: Record<string, string | null> };

/**
 * The column that says who gave, as words: at least one must be on both sides. They are hashes of addresses, which are compared and never
 * written down, or these:
 * - `erased`: the supporter has erased themselves. Stripe's object is marked; an invoice never is, its recurring gift is.
 * - `unmarked`: Stripe's object is not marked; on our side, it is still to be.
 * - `readdressed`: a single gift whose supporter has changed their address, which Stripe cannot be told.
 */
export const SUPPORTER_COLUMN = "supporter";
export const ERASED = "erased";
export const UNMARKED = "unmarked";
export const READDRESSED = "readdressed";

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
        ? {
            ours: whoWords(ours.columns[name], "another supporter"),
            theirs: whoWords(value, "the supporter whom Stripe names"),
          }
        : { ours: ours.columns[name] ?? null, theirs: value }),
    }));
}

function isSame(name: string, ours: string | null, theirs: string | null): boolean {
  if (name !== SUPPORTER_COLUMN) return ours === theirs;
  const words = new Set((ours ?? "").split(" "));
  return (theirs ?? "").split(" ").some((word) => words.has(word));
}

/** Says who gave, for the person who reads the difference, without a hash. */
function whoWords(words: string | null | undefined, somebody: string): string | null {
  if (!words) return null;
  return words.split(" ")[0] === ERASED ? "a supporter who was erased" : somebody;
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
