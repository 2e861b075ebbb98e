// The two databases that a ledger may lie in. There is one schema, written for SQLite; PostgreSQL's is derived from it, and
// each has its own client and its own folder of migrations.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT } from "../run/paths.mjs";

export const PROVIDERS = ["sqlite", "postgresql"];

/** By the address of a ledger. */
export function providerOf(url) {
  return /^postgres(ql)?:/.test(url) ? "postgresql" : "sqlite";
}

export function migrationsOf(provider) {
  return `prisma/migrations/${provider}`;
}

/** The schema's path from the root. PostgreSQL's is written anew where it is not the one that follows from SQLite's. */
export function schemaOf(provider) {
  const written = "prisma/schema.prisma";
  if (provider === "sqlite") return written;
  const derived = "generated/schema.postgresql.prisma";
  const text = readFileSync(join(ROOT, written), "utf8")
    .replace('provider = "sqlite"', 'provider = "postgresql"')
    .replace('"../generated/sqlite"', '"./postgresql"');
  const path = join(ROOT, derived);
  if (existsSync(path) && readFileSync(path, "utf8") === text) return derived;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return derived;
}
