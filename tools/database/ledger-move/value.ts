// Converts a value of SQLite for PostgreSQL. Rows are compared by the plain form of their values: a text that is the same in
// both databases.
import type { Column, SqliteValue } from "./source";

/** Maps SQLite's column types, as Prisma writes them, to PostgreSQL's. */
const TYPES: Record<string, string> = {
  TEXT: "text",
  BIGINT: "bigint",
  INTEGER: "integer",
  DATETIME: "timestamp(3)",
  BOOLEAN: "boolean",
};

/** Returns the PostgreSQL type of a column. Throws if TYPES does not have the column's SQLite type. */
export function postgresType({ name, type }: Column): string {
  const found = TYPES[type];
  if (!found) throw new Error(`column ${name} has the type ${type}, which ledger:move cannot convert`);
  return found;
}

/** Returns the text to write to PostgreSQL for a value from SQLite. */
export function toPostgres(value: SqliteValue, column: Column): string | null {
  const plain = plainOfSqlite(value, column);
  return plain !== null && column.type === "DATETIME" ? new Date(Number(plain)).toISOString().replace("Z", "") : plain;
}

/** Returns the plain form of a value from SQLite. Prisma stores a time as a number or a text; its plain form is milliseconds. */
export function plainOfSqlite(value: SqliteValue, { type }: Column): string | null {
  if (value === null) return null;
  if (type === "BOOLEAN") return value === 0n ? "false" : "true";
  if (type === "DATETIME") return String(typeof value === "bigint" ? value : Date.parse(value));
  return String(value);
}

/** Returns the SQL expression with which PostgreSQL computes the plain form of a column. */
export function plainInPostgres({ name, type }: Column): string {
  if (type === "DATETIME") return `(extract(epoch FROM "${name}") * 1000)::bigint::text`;
  return `"${name}"::text`;
}
