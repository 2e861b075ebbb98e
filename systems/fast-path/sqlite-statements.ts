// Raw statements of a transaction, run straight on the connection. Prisma would send each through its own machinery, which costs
// ten times what SQLite takes for it (lab/docs/benchmarks.md); each is prepared once and kept.
import type { Database, Statement } from "better-sqlite3";
import type { Tx } from "../database";

/** As Prisma's own: the pieces of the text, and a value between each two. */
type Text = TemplateStringsArray | { strings: readonly string[]; values: unknown[] };
type Row = Record<string, unknown>;
type Prepared = { statement: Statement; read: (row: Row) => Row };

export type Raw = Pick<Tx, "$queryRaw" | "$executeRaw">;

/** Statements for a group of webhooks differ by their number of rows: with the others that is about two hundred. */
const MOST_KEPT = 500;

/**
 * What they read has the types that Prisma's raw statements give it: by the column's declared type. An expression has none and
 * comes as SQLite has it: CAST it AS BIGINT where both databases must agree.
 */
export function statementsOn(connection: Database): Raw {
  const kept = new Map<string, Prepared>();

  function prepare(sql: string): Prepared {
    const known = kept.get(sql);
    if (known) return known;
    const statement = connection.prepare(sql);
    const prepared = { statement, read: statement.reader ? readerOf(statement) : (row: Row) => row };
    if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value ?? "");
    kept.set(sql, prepared);
    return prepared;
  }

  return {
    async $queryRaw<T>(text: Text, ...values: unknown[]): Promise<T> {
      const { sql, args } = bound(text, values);
      const { statement, read } = prepare(sql);
      return (statement.all(...args) as Row[]).map(read) as T;
    },
    async $executeRaw(text: Text, ...values: unknown[]): Promise<number> {
      const { sql, args } = bound(text, values);
      const { statement } = prepare(sql);
      return statement.reader ? statement.all(...args).length : statement.run(...args).changes;
    },
  } as Raw;
}

function bound(text: Text, values: unknown[]): { sql: string; args: unknown[] } {
  const parts = "strings" in text ? text : { strings: text, values };
  return { sql: parts.strings.join("?"), args: parts.values.map(toSqlite) };
}

/** As the Prisma adapter writes them. */
function toSqlite(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString().replace("Z", "+00:00");
  if (typeof value === "boolean") return value ? 1 : 0;
  return value;
}

const FROM_SQLITE: Record<string, (value: never) => unknown> = {
  INTEGER: (value: bigint) => Number(value),
  DATETIME: (value: string) => new Date(value),
  BOOLEAN: (value: bigint) => value === 1n,
};

function readerOf(statement: Statement): (row: Row) => Row {
  const columns = statement.columns().flatMap(({ name, type }) => {
    const from = FROM_SQLITE[type?.toUpperCase() ?? ""];
    return from ? [{ name, from: from as (value: unknown) => unknown }] : [];
  });
  return (row) => {
    for (const { name, from } of columns) if (row[name] !== null) row[name] = from(row[name]);
    return row;
  };
}
