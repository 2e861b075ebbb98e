export type ComparedRowKind =
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
 * A row as the comparison sees it. `key`: Stripe's id, or the key of an entry, a change of a gift, or an attempt to
 * pay. `columns`: a column that is null is compared; a column that is missing is not. A row derived from a Stripe
 * object has only the columns that the object determines.
 */
export type ComparableRow = { place: ComparedRowKind; key: string; columns: Record<string, string | null> };

/**
 * The column that names the supporter, as words separated by spaces. The ledger's row and Stripe's object must share at
 * least one word. A word is the hash of an e-mail address, which is never shown, or one of these:
 * - `erased`: the supporter was erased. The metadata of the payment intent or subscription at Stripe says so; an
 *   invoice's metadata never does.
 * - `unmarked`: Stripe's metadata does not record an erasure. An erased supporter's row in the ledger has this word until the site has asked Stripe to record the erasure.
 * - `readdressed`: the supporter of a single gift has changed their e-mail address. Stripe keeps the old address.
 */
export const SUPPORTER_COLUMN_OF_COMPARABLE_ROWS = "supporter";
export const ERASED_SUPPORTER_PLACEHOLDER = "erased";
export const NOT_ERASED_AT_STRIPE_PLACEHOLDER = "unmarked";
export const READDRESSED_SUPPORTER_PLACEHOLDER = "readdressed";

export type DifferenceKind =
  /** Stripe has an object for the row, but the ledger does not contain the row. */
  | "missing"
  /** The ledger contains the row, but Stripe has no object for it. */
  | "not-at-stripe"
  | "differs"
  /** A stored sum or other derived value is wrong: it differs from the value that the ledger's other rows give. */
  | "sum-differs"
  /** Stripe has the object, but the site cannot read it. `theirs` is the reason. */
  | "unreadable";

export type LedgerDifference = {
  /** Stripe's id, or a name for the ledger's row. */
  object: string;
  /**
   * Where the difference is. `payment`: the payment's whole row is missing in the ledger or at Stripe.
   * `payment.amountMinor`: this column differs. For an unreadable object, the name of the list at Stripe that contains
   * it.
   */
  place: string;
  cause: DifferenceKind;
  ours: string | null;
  theirs: string | null;
};

export function rowName({ place, key }: ComparableRow): string {
  return `${place} ${key}`;
}

/**
 * Returns the differences between two rows. `theirs`: derived from Stripe's object. `ours`: the ledger's row, if it
 * exists.
 */
export function compareRow(theirs: ComparableRow, ours: ComparableRow | undefined): LedgerDifference[] {
  const { place, key, columns } = theirs;
  if (!ours) return [{ object: key, place, cause: "missing", ours: null, theirs: amountOf(columns) }];
  return Object.entries(columns)
    .filter(([name, value]) => !isSame(name, ours.columns[name] ?? null, value))
    .map(([name, value]) => ({
      object: key,
      place: `${place}.${name}`,
      cause: "differs",
      ...(name === SUPPORTER_COLUMN_OF_COMPARABLE_ROWS
        ? {
            ours: whoWords(ours.columns[name], "another supporter"),
            theirs: whoWords(value, "the supporter whom Stripe names"),
          }
        : { ours: ours.columns[name] ?? null, theirs: value }),
    }));
}

function isSame(name: string, ours: string | null, theirs: string | null): boolean {
  if (name !== SUPPORTER_COLUMN_OF_COMPARABLE_ROWS) return ours === theirs;
  const words = new Set((ours ?? "").split(" "));
  return (theirs ?? "").split(" ").some((word) => words.has(word));
}

/** Returns a description of the supporter that staff can read. `words` contains a hash, which staff do not see. */
function whoWords(words: string | null | undefined, somebody: string): string | null {
  if (!words) return null;
  return words.split(" ")[0] === ERASED_SUPPORTER_PLACEHOLDER ? "a supporter who was erased" : somebody;
}

/** Compares a stored total with the total derived from the ledger's own rows. */
export function compareTotal(
  object: string,
  { place, stored, derived }: { place: string; stored: number | bigint; derived: number | bigint },
): LedgerDifference[] {
  const [ours, theirs] = [String(stored), String(derived)];
  return ours === theirs ? [] : [{ object, place, cause: "sum-differs", ours, theirs }];
}

function amountOf({ amountMinor, currency }: ComparableRow["columns"]): string | null {
  return amountMinor && currency ? `${amountMinor} ${currency}` : null;
}
