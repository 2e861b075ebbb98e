// Prisma's command line, for the few things that we need of it.
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fingerprintOf, readStamp, writeStamp } from "./fingerprint.mjs";
import { migrationsOf, PROVIDERS, providerOf, schemaOf } from "./providers.mjs";
import { ROOT } from "./root.mjs";
import { mustRun } from "./run.mjs";

const PRISMA = join(ROOT, "node_modules/prisma/build/index.js");
const CLIENT_STAMP = join(ROOT, "generated/.stamp");

/** Makes the database clients again, one a provider, where the schema or Prisma has changed. */
export async function ensureClient() {
  const sources = [
    "prisma/schema.prisma",
    "prisma.config.ts",
    "tools/providers.mjs",
    "node_modules/prisma/package.json",
  ];
  const wanted = fingerprintOf(sources.map((file) => join(ROOT, file)));
  if (readStamp(CLIENT_STAMP) === wanted) return;
  for (const provider of PROVIDERS)
    await mustRun("Generating the database client", [PRISMA, "generate"], { env: { DATABASE_PROVIDER: provider } });
  writeStamp(CLIENT_STAMP, wanted);
}

/** Brings the ledger at `databaseUrl` to the newest migration; makes it where there is none. */
export async function deployMigrations(databaseUrl, more = {}) {
  const env = { DATABASE_URL: databaseUrl, DATABASE_PROVIDER: providerOf(databaseUrl), ...more };
  await mustRun("Migrating the ledger", [PRISMA, "migrate", "deploy"], { env });
}

/** The same with these migrations only, and no newer ones. */
export async function deployOnly(databaseUrl, names) {
  const all = join(ROOT, migrationsOf(providerOf(databaseUrl)));
  const folder = mkdtempSync(join(tmpdir(), "appeal-migrations-"));
  try {
    for (const name of ["migration_lock.toml", ...names])
      cpSync(join(all, name), join(folder, name), { recursive: true });
    await deployMigrations(databaseUrl, { MIGRATIONS_FOLDER: folder });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * What is missing between the committed migrations of a provider and the schema, as SQL written to `file`. `databaseUrl` names a
 * server on which a shadow database may be made; where there is no migration yet, none is asked.
 */
export async function writeDifference(provider, { databaseUrl, file, fromEmpty }) {
  const from = fromEmpty ? ["--from-empty"] : ["--from-migrations", migrationsOf(provider)];
  const args = ["migrate", "diff", ...from, "--to-schema", schemaOf(provider), "--script", "--output", file];
  const env = { DATABASE_URL: databaseUrl, DATABASE_PROVIDER: provider };
  await mustRun("Comparing the migrations with the schema", [PRISMA, ...args], { env });
}
