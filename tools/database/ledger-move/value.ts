// Converts values from SQLite to PostgreSQL. To compare rows of the two databases, each value is converted to a text
// that is the same in both.
import type { Column, SqliteValue } from "./source";

/** Maps SQLite's column types, as Prisma writes them, to PostgreSQL's. */
const TYPES: Record<string, string> = {
  TEXT: "text",
  BIGINT: "bigint",
  INTEGER: "integer",
  DATETIME: "timestamp(3)",
  BOOLEAN: "boolean",
};

export function postgresType({ name, type }: Column): string {
  const found = TYPES[type];
  if (!found) throw new Error(`column ${name} has the type ${type}, which ledger:move cannot convert`);
  return found;
}

export function sqliteValueAsPostgresText(value: SqliteValue, column: Column): string | null {
  const plain = comparableSqliteValue(value, column);
  return plain !== null && column.type === "DATETIME" ? new Date(Number(plain)).toISOString().replace("Z", "") : plain;
}

/**
 * Returns the value as a text that can be compared with the same value in PostgreSQL. Prisma stores a time in SQLite as
 * a number or a text. Both are converted to milliseconds since 1970.
 */
export function comparableSqliteValue(value: SqliteValue, { type }: Column): string | null {
  if (value === null) return null;
  if (type === "BOOLEAN") return value === 0n ? "false" : "true";
  if (type === "DATETIME") return String(typeof value === "bigint" ? value : Date.parse(value));
  return String(value);
}

export function comparablePostgresExpression({ name, type }: Column): string {
  if (type === "DATETIME") return `(extract(epoch FROM "${name}") * 1000)::bigint::text`;
  return `"${name}"::text`;
}
