// Runs raw SQL on SQLite and PostgreSQL. Prisma's own methods plan each call, which takes far longer than the database
// itself (docs/decisions/010-the-webhooks-way.md). The types below replace Prisma's type checks.
import type {
  AddressChange,
  BalanceEntry,
  BooksDifference,
  BooksSeen,
  Dispute,
  Entry,
  ErasedAddress,
  Erasure,
  FailedAttempt,
  FollowUp,
  FormerSupporter,
  FreeSeat,
  Gift,
  LetterReader,
  MailRefusal,
  MailStop,
  MovementTotal,
  OutboxMail,
  Payment,
  Payout,
  PayoutEntry,
  ReceivedEvent,
  RecurringGift,
  RecurringMovement,
  RecurringNote,
  RecurringTotal,
  Refund,
  Reminder,
  RenewalTotal,
  Session,
  SignInToken,
  Supporter,
  SupporterAddress,
  Total,
} from "../../../generated/sqlite/client";
import type { Tx } from "../../database";

type Tables = {
  AddressChange: AddressChange;
  BalanceEntry: BalanceEntry;
  BooksDifference: BooksDifference;
  BooksSeen: BooksSeen;
  Dispute: Dispute;
  Entry: Entry;
  ErasedAddress: ErasedAddress;
  Erasure: Erasure;
  FailedAttempt: FailedAttempt;
  FollowUp: FollowUp;
  FormerSupporter: FormerSupporter;
  FreeSeat: FreeSeat;
  Gift: Gift;
  LetterReader: LetterReader;
  MailRefusal: MailRefusal;
  MailStop: MailStop;
  MovementTotal: MovementTotal;
  OutboxMail: OutboxMail;
  Payment: Payment;
  Payout: Payout;
  PayoutEntry: PayoutEntry;
  ReceivedEvent: ReceivedEvent;
  RecurringGift: RecurringGift;
  RecurringMovement: RecurringMovement;
  RecurringNote: RecurringNote;
  RecurringTotal: RecurringTotal;
  Refund: Refund;
  Reminder: Reminder;
  RenewalTotal: RenewalTotal;
  Session: Session;
  SignInToken: SignInToken;
  Supporter: Supporter;
  SupporterAddress: SupporterAddress;
  Total: Total;
};
type Table = keyof Tables;
type TableWithId = { [T in Table]: Tables[T] extends { id: string } ? T : never }[Table];

type Value = string | number | bigint | boolean | Date | null;
/**
 * A SQL statement in the form of a tagged template, as Prisma accepts it: the pieces of the text, then the values that
 * belong between the pieces.
 */
type Statement = [text: TemplateStringsArray, ...values: Value[]];
type Insert<T extends Table> = { into: T; rows: readonly Partial<Tables[T]>[]; onConflict?: string };

export const IGNORE_CONFLICT = "ON CONFLICT DO NOTHING";

/** Returns the rows in which all columns of `where` have these values. In `where`, null matches null. */
export function listRows<T extends Table>(tx: Tx, table: T, where: Partial<Tables[T]>): Promise<Tables[T][]> {
  return tx.$queryRaw<Tables[T][]>(...statementWhere(`SELECT * FROM "${table}"`, where));
}

export async function deleteRows<T extends Table>(tx: Tx, table: T, where: Partial<Tables[T]>): Promise<void> {
  await tx.$executeRaw(...statementWhere(`DELETE FROM "${table}"`, where));
}

/** Returns the row, or null if no row matches. `where` must contain a unique key. */
export async function findRow<T extends Table>(tx: Tx, table: T, where: Partial<Tables[T]>): Promise<Tables[T] | null> {
  return (await listRows(tx, table, where))[0] ?? null;
}

/** Inserts a row and returns it. Throws an error if a row with this key exists. */
export async function addRow<T extends Table>(tx: Tx, table: T, row: Tables[T]): Promise<Tables[T]> {
  await insertRows(tx, { into: table, rows: [row] });
  return row;
}

/**
 * Inserts all rows in one statement. The rows must have the same columns in the same order. Returns the number of rows
 * written.
 */
export function insertRows<T extends Table>(tx: Tx, insert: Insert<T>): Promise<number> {
  return tx.$executeRaw(...insertStatement(insert));
}

/** Like insertRows(), but returns the columns of a RETURNING clause, which must be at the end of `onConflict`. */
export function insertReturning<Row, T extends Table>(tx: Tx, insert: Insert<T>): Promise<Row[]> {
  return tx.$queryRaw<Row[]>(...insertStatement(insert));
}

/**
 * Writes the columns that differ and are not undefined. If no column differs, runs no statement. Returns the changed
 * row.
 */
export async function updateChangedColumns<T extends TableWithId>(
  tx: Tx,
  table: T,
  { before, to }: { before: Tables[T]; to: Partial<Tables[T]> },
): Promise<Tables[T]> {
  const columns: Record<string, unknown> = before;
  const changed = Object.entries(to).filter(
    ([name, value]) => value !== undefined && comparable(value) !== comparable(columns[name]),
  );
  if (changed.length === 0) return before;
  const assignments = changed.map(([name]) => `"${name}" = ?`).join(", ");
  const values = changed.map(([, value]) => value as Value);
  await tx.$executeRaw(textOf(`UPDATE "${table}" SET ${assignments} WHERE "id" = ?`), ...values, before.id);
  return { ...before, ...Object.fromEntries(changed) };
}

function statementWhere(statement: string, where: object): Statement {
  const conditions = Object.entries(where).map(([name, value]) => `"${name}" ${value === null ? "IS NULL" : "= ?"}`);
  const values = Object.values(where).filter((value) => value !== null) as Value[];
  return [textOf(`${statement} WHERE ${conditions.join(" AND ")}`), ...values];
}

function insertStatement<T extends Table>({ into, rows, onConflict = "" }: Insert<T>): Statement {
  const names = Object.keys(rows[0] ?? {});
  const columns = names.map((name) => `"${name}"`).join(", ");
  const row = `(${names.map(() => "?").join(", ")})`;
  const values = rows.flatMap((each) => Object.values(each) as Value[]);
  const all = rows.map(() => row).join(", ");
  return [textOf(`INSERT INTO "${into}" (${columns}) VALUES ${all} ${onConflict}`), ...values];
}

const texts = new Map<string, TemplateStringsArray>();
/**
 * The maximum number of cached SQL texts. The text of an INSERT depends on its number of rows, so there can be many
 * different texts.
 */
const MAX_TEXTS = 500;

/**
 * Returns the SQL text as the array that Prisma expects. Caches the array, because
 * systems/fast-path/sqlite-statements.ts finds the prepared statement faster if it gets the same array again.
 */
function textOf(sql: string): TemplateStringsArray {
  const cached = texts.get(sql);
  if (cached) return cached;
  const pieces = sql.split("?");
  const text = Object.assign(pieces, { raw: pieces });
  if (texts.size >= MAX_TEXTS) texts.clear();
  texts.set(sql, text);
  return text;
}

function comparable(value: unknown): unknown {
  return value instanceof Date ? value.getTime() : value;
}
