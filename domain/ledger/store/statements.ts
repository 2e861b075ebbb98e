// Builds the ledger's raw statements, for SQLite and PostgreSQL alike. Prisma plans each of its own calls, which costs ten times what
// the database needs (docs/decisions/010-the-webhooks-way.md), and a webhook runs about ten statements. Tables and columns are named
// as in prisma/schema.prisma; the types below check what Prisma would have checked.
import type {
  BalanceEntry,
  BooksDifference,
  BooksSeen,
  Dispute,
  Entry,
  ErasedAddress,
  Erasure,
  FailedAttempt,
  FollowUp,
  Gift,
  OutboxMail,
  Payment,
  Payout,
  ReceivedEvent,
  RecurringGift,
  RecurringNote,
  RecurringTotal,
  Refund,
  Session,
  SignInToken,
  Supporter,
  SupporterAddress,
  Total,
} from "../../../generated/sqlite/client";
import type { Tx } from "../../database";

type Tables = {
  BalanceEntry: BalanceEntry;
  BooksDifference: BooksDifference;
  BooksSeen: BooksSeen;
  Dispute: Dispute;
  Entry: Entry;
  ErasedAddress: ErasedAddress;
  Erasure: Erasure;
  FailedAttempt: FailedAttempt;
  FollowUp: FollowUp;
  Gift: Gift;
  OutboxMail: OutboxMail;
  Payment: Payment;
  Payout: Payout;
  ReceivedEvent: ReceivedEvent;
  RecurringGift: RecurringGift;
  RecurringNote: RecurringNote;
  RecurringTotal: RecurringTotal;
  Refund: Refund;
  Session: Session;
  SignInToken: SignInToken;
  Supporter: Supporter;
  SupporterAddress: SupporterAddress;
  Total: Total;
};
type Table = keyof Tables;
type TableWithId = { [T in Table]: Tables[T] extends { id: string } ? T : never }[Table];

type Value = string | number | bigint | boolean | Date | null;
type Part = string | { value: Value };
/** In the form that Prisma takes: the pieces of the text, with one value between each two. */
type Statement = [text: TemplateStringsArray, ...values: Value[]];
type Insert<T extends Table> = { into: T; rows: readonly Partial<Tables[T]>[]; onConflict?: string };

export const IGNORE_CONFLICT = "ON CONFLICT DO NOTHING";

/** The rows whose columns have all these values; null matches null. */
export function listRows<T extends Table>(tx: Tx, table: T, where: Partial<Tables[T]>): Promise<Tables[T][]> {
  return tx.$queryRaw<Tables[T][]>(...statementOf([`SELECT * FROM "${table}" WHERE `, ...conditionsOf(where)]));
}

/** `where` must name a unique key. */
export async function findRow<T extends Table>(tx: Tx, table: T, where: Partial<Tables[T]>): Promise<Tables[T] | null> {
  return (await listRows(tx, table, where))[0] ?? null;
}

export async function deleteRows<T extends Table>(tx: Tx, table: T, where: Partial<Tables[T]>): Promise<void> {
  await tx.$executeRaw(...statementOf([`DELETE FROM "${table}" WHERE `, ...conditionsOf(where)]));
}

/** Throws where the key is taken. Returns the row it was given. */
export async function addRow<T extends Table>(tx: Tx, table: T, row: Tables[T]): Promise<Tables[T]> {
  await insertRows(tx, { into: table, rows: [row] });
  return row;
}

/** One statement for all rows, which must have the same columns in the same order. Returns the number of rows written. */
export function insertRows<T extends Table>(tx: Tx, insert: Insert<T>): Promise<number> {
  return tx.$executeRaw(...insertStatement(insert));
}

/** As insertRows, with the columns that `onConflict` ends by returning. */
export function insertReturning<Row, T extends Table>(tx: Tx, insert: Insert<T>): Promise<Row[]> {
  return tx.$queryRaw<Row[]>(...insertStatement(insert));
}

/** Writes the columns that differ and are not undefined; runs no statement where none does. Returns the row as it is then. */
export async function changeRow<T extends TableWithId>(
  tx: Tx,
  table: T,
  { before, to }: { before: Tables[T]; to: Partial<Tables[T]> },
): Promise<Tables[T]> {
  const columns: Record<string, unknown> = before;
  const changed = Object.entries(to).filter(
    ([name, value]) => value !== undefined && comparable(value) !== comparable(columns[name]),
  );
  if (changed.length === 0) return before;
  const assignments = changed.map(([name, value]): Part[] => [`"${name}" = `, { value: value as Value }]);
  const parts = [`UPDATE "${table}" SET `, ...joined(assignments, ", "), ` WHERE "id" = `, { value: before.id }];
  await tx.$executeRaw(...statementOf(parts));
  return { ...before, ...Object.fromEntries(changed) };
}

function conditionsOf(where: object): Part[] {
  const conditions = Object.entries(where).map(([name, value]): Part[] =>
    value === null ? [`"${name}" IS NULL`] : [`"${name}" = `, { value: value as Value }],
  );
  return joined(conditions, " AND ");
}

function insertStatement<T extends Table>({ into, rows, onConflict = "" }: Insert<T>): Statement {
  const columns = Object.keys(rows[0] ?? {}).map((name) => `"${name}"`);
  const values = rows.map((row) => Object.values(row) as Value[]);
  const separators = values.flatMap((row) => row.map((_, index) => (index === 0 ? "), (" : ", ")));
  const before = `INSERT INTO "${into}" (${columns.join(", ")}) VALUES (`;
  return [textOf([before, ...separators.slice(1), `) ${onConflict}`]), ...values.flat()];
}

function statementOf(parts: Part[]): Statement {
  const text = [""];
  const values: Value[] = [];
  for (const part of parts) {
    if (typeof part === "string") text.push(text.pop() + part);
    else {
      values.push(part.value);
      text.push("");
    }
  }
  return [textOf(text), ...values];
}

function textOf(pieces: string[]): TemplateStringsArray {
  return Object.assign(pieces, { raw: pieces });
}

function joined(all: Part[][], separator: string): Part[] {
  return all.flatMap((parts, index) => (index === 0 ? parts : [separator, ...parts]));
}

function comparable(value: unknown): unknown {
  return value instanceof Date ? value.getTime() : value;
}
