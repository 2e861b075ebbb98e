// Runs raw statements directly on the connection and prepares each only once. Through Prisma, a raw statement takes
// much longer (lab/docs/benchmarks.md).
import type { Database, Statement } from "better-sqlite3";
import type { Tx } from "../../domain/database";

/**
 * An SQL statement in one of the forms that Prisma accepts. The SQL text is cut into pieces, and one value belongs
 * between two pieces.
 */
type Text = TemplateStringsArray | { strings: readonly string[]; values: unknown[] };
type Row = Record<string, unknown>;
type Prepared = { statement: Statement; read: (row: Row) => Row };

export type RawSqlRunner = Pick<Tx, "$queryRaw" | "$executeRaw">;

/**
 * The maximum number of prepared statements in the cache. Statements for a group of webhooks differ by their number of
 * rows.
 */
const MAX_CACHED = 500;

/**
 * Returns $queryRaw and $executeRaw. The value of a column gets Prisma's type, but the value of an SQL expression keeps
 * SQLite's type. If SQLite and PostgreSQL must return the same type, write CAST(… AS BIGINT).
 */
export function rawSqlRunnerOn(connection: Database): RawSqlRunner {
  const cache = new Map<string, Prepared>();
  // A call in the code usually passes the same array of SQL pieces each time. Looking up this array avoids joining and
  // hashing kilobytes of SQL.
  const byText = new WeakMap<readonly string[], Prepared>();

  function prepareText(strings: readonly string[]): Prepared {
    const prepared = byText.get(strings) ?? prepare(strings.join("?"));
    byText.set(strings, prepared);
    return prepared;
  }

  function prepare(sql: string): Prepared {
    const cached = cache.get(sql);
    if (cached) return cached;
    const statement = connection.prepare(sql);
    const prepared = { statement, read: statement.reader ? readerOf(statement) : (row: Row) => row };
    if (cache.size >= MAX_CACHED) cache.delete(cache.keys().next().value ?? "");
    cache.set(sql, prepared);
    return prepared;
  }

  return {
    async $queryRaw<T>(text: Text, ...values: unknown[]): Promise<T> {
      const { strings, args } = separate(text, values);
      const { statement, read } = prepareText(strings);
      return (statement.all(...args) as Row[]).map(read) as T;
    },
    async $executeRaw(text: Text, ...values: unknown[]): Promise<number> {
      const { strings, args } = separate(text, values);
      const { statement } = prepareText(strings);
      return statement.reader ? statement.all(...args).length : statement.run(...args).changes;
    },
  } as RawSqlRunner;
}

function separate(text: Text, values: unknown[]): { strings: readonly string[]; args: unknown[] } {
  const parts = "strings" in text ? text : { strings: text, values };
  return { strings: parts.strings, args: parts.values.map(toSqlite) };
}

/** Encodes a value as the Prisma adapter does. */
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
