// One row of the books found, added or changed by a statement that Prisma need not plan: what a webhook does is some ten of these.
// For the tables and columns named as in the schema; runs on both databases.
import type {
  Dispute,
  Gift,
  Payment,
  RecurringGift,
  RecurringNote,
  Refund,
  Supporter,
  SupporterAddress,
} from "../../generated/sqlite/client";
import type { Tx } from "../database";
import { forRow, statementOf, type Value } from "./many-rows";

type Tables = {
  Dispute: Dispute;
  Gift: Gift;
  Payment: Payment;
  RecurringGift: RecurringGift;
  RecurringNote: RecurringNote;
  Refund: Refund;
  Supporter: Supporter;
  SupporterAddress: SupporterAddress;
};
type Table = keyof Tables;
type WithId = { [T in Table]: Tables[T] extends { id: string } ? T : never }[Table];

/** Those that have all these values; null is a value, too. */
export function listRows<T extends Table>(tx: Tx, table: T, where: Partial<Tables[T]>): Promise<Tables[T][]> {
  const conditions = Object.entries(where).map(([name, value]) =>
    value === null ? [`"${name}" IS NULL`] : [`"${name}" = `, { value: value as Value }],
  );
  return tx.$queryRaw<Tables[T][]>(
    ...statementOf([`SELECT * FROM "${table}" WHERE `, ...between(conditions, " AND ")]),
  );
}

/** `where`: a key, so that it is one at most. */
export async function findRow<T extends Table>(tx: Tx, table: T, where: Partial<Tables[T]>): Promise<Tables[T] | null> {
  return (await listRows(tx, table, where))[0] ?? null;
}

/** `after`: what happens where its key is taken; an error, if not said. Answers the row that was given. */
export async function addRow<T extends Table>(tx: Tx, table: T, row: Tables[T], after = ""): Promise<Tables[T]> {
  await tx.$executeRaw(...forRow({ table, row, after }));
  return row;
}

/** The row as it then is. What is undefined was not told, and stays. No statement where nothing changes. */
export async function changeRow<T extends WithId>(
  tx: Tx,
  table: T,
  { before, to }: { before: Tables[T]; to: Partial<Tables[T]> },
): Promise<Tables[T]> {
  const known: Record<string, unknown> = before;
  const told = Object.entries(to).filter(([, value]) => value !== undefined);
  const news = told.filter(([name, value]) => comparable(value) !== comparable(known[name]));
  if (news.length === 0) return before;
  const changes = news.map(([name, value]) => [`"${name}" = `, { value: value as Value }]);
  const parts = [`UPDATE "${table}" SET `, ...between(changes, ", "), ` WHERE "id" = `, { value: before.id }];
  await tx.$executeRaw(...statementOf(parts));
  return { ...before, ...Object.fromEntries(news) };
}

type Part = string | { value: Value };

function between(all: Part[][], separator: string): Part[] {
  return all.flatMap((parts, index) => (index === 0 ? parts : [separator, ...parts]));
}

function comparable(value: unknown): unknown {
  return value instanceof Date ? value.getTime() : value;
}
