// One value in the two databases. Rows are compared by its plain form, a text that is the same for both.
import type { Column, SqliteValue } from "./source";

/** SQLite's column types, as Prisma writes them, and PostgreSQL's. */
const TYPES: Record<string, string> = {
  TEXT: "text",
  BIGINT: "bigint",
  INTEGER: "integer",
  DATETIME: "timestamp(3)",
  BOOLEAN: "boolean",
};

/** Throws on a column type that the table above does not have. */
export function postgresType({ name, type }: Column): string {
  const found = TYPES[type];
  if (!found) throw new Error(`column ${name} has the type ${type}, which a move does not know`);
  return found;
}

/** The text that PostgreSQL is given for a value from SQLite. */
export function toPostgres(value: SqliteValue, column: Column): string | null {
  const plain = plainOfSqlite(value, column);
  return plain !== null && column.type === "DATETIME" ? new Date(Number(plain)).toISOString().replace("Z", "") : plain;
}

/** The plain form of a time is its milliseconds: Prisma writes a time as a number or as a text. */
export function plainOfSqlite(value: SqliteValue, { type }: Column): string | null {
  if (value === null) return null;
  if (type === "BOOLEAN") return value === 0n ? "false" : "true";
  if (type === "DATETIME") return String(typeof value === "bigint" ? value : Date.parse(value));
  return String(value);
}

/** The SQL expression with which PostgreSQL returns the plain form. */
export function plainInPostgres({ name, type }: Column): string {
  if (type === "DATETIME") return `(extract(epoch FROM "${name}") * 1000)::bigint::text`;
  return `"${name}"::text`;
}
