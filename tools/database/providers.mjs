// Describes the differences between SQLite and PostgreSQL. schema.prisma is written for SQLite, and PostgreSQL's schema
// is derived from it.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { REPOSITORY_ROOT } from "../run/paths.mjs";

/** @typedef {"sqlite" | "postgresql"} Provider */

/** @type {readonly Provider[]} */
export const DATABASE_PROVIDERS = ["sqlite", "postgresql"];

/** @param {string} url @returns {Provider} */
export function databaseProviderOf(url) {
  return /^postgres(ql)?:/.test(url) ? "postgresql" : "sqlite";
}

/** @param {string} provider */
export function migrationsFolderOf(provider) {
  return `prisma/migrations/${provider}`;
}

/**
 * Returns the path of the database's schema. First writes PostgreSQL's schema if it is missing or out of date.
 * @param {string} provider
 */
export function ensureSchemaFile(provider) {
  const written = "prisma/schema.prisma";
  if (provider === "sqlite") return written;
  const derived = "generated/schema.postgresql.prisma";
  const text = readFileSync(join(REPOSITORY_ROOT, written), "utf8")
    .replace('provider = "sqlite"', 'provider = "postgresql"')
    .replace('"../generated/sqlite"', '"./postgresql"');
  const path = join(REPOSITORY_ROOT, derived);
  if (existsSync(path) && readFileSync(path, "utf8") === text) return derived;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return derived;
}
