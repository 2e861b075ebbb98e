// One value in the two databases. Its plain form is a text that is the same for both, by which rows are compared.

/** SQLite's column types, as Prisma writes them, to PostgreSQL's. Throws on one that has not been thought of. */
const TYPES = { TEXT: "text", BIGINT: "bigint", INTEGER: "integer", DATETIME: "timestamp(3)", BOOLEAN: "boolean" };

export function postgresType({ name, type }) {
  const known = TYPES[type];
  if (!known) throw new Error(`column ${name} has the type ${type}, which a move does not know`);
  return known;
}

/** What PostgreSQL is handed for a value of SQLite, as text. */
export function toPostgres(value, { type }) {
  const plain = plainOfSqlite(value, { type });
  return plain !== null && type === "DATETIME" ? new Date(Number(plain)).toISOString().replace("Z", "") : plain;
}

/** A time is its milliseconds, whichever of Prisma's two ways it was written in. */
export function plainOfSqlite(value, { type }) {
  if (value === null) return null;
  if (type === "BOOLEAN") return value === 0n ? "false" : "true";
  if (type === "DATETIME") return String(typeof value === "bigint" ? value : Date.parse(value));
  return String(value);
}

/** The expression by which PostgreSQL gives the plain form itself. */
export function plainInPostgres({ name, type }) {
  if (type === "DATETIME") return `(extract(epoch FROM "${name}") * 1000)::bigint::text`;
  return `"${name}"::text`;
}
