import { join } from "node:path";
import { fingerprintOf, readStoredFingerprint, writeStoredFingerprint } from "../build/fingerprint.mjs";
import { REPOSITORY_ROOT } from "../run/paths.mjs";
import { runNodeOrThrow } from "../run/spawn.mjs";
import { DATABASE_PROVIDERS, ensureSchemaFile, migrationsFolderOf } from "./providers.mjs";

const PRISMA = join(REPOSITORY_ROOT, "node_modules/prisma/build/index.js");
const CLIENT_STAMP = join(REPOSITORY_ROOT, "generated/.stamp");

export async function ensurePrismaClient() {
  const sources = [
    "prisma/schema.prisma",
    "prisma.config.ts",
    "tools/database/providers.mjs",
    "node_modules/prisma/package.json",
  ];
  const wanted = fingerprintOf(sources.map((file) => join(REPOSITORY_ROOT, file)));
  if (readStoredFingerprint(CLIENT_STAMP) === wanted) return;
  for (const provider of DATABASE_PROVIDERS)
    await runNodeOrThrow("Generating the database client", [PRISMA, "generate"], {
      env: { DATABASE_PROVIDER: provider },
    });
  writeStoredFingerprint(CLIENT_STAMP, wanted);
}

/**
 * Writes the SQL of the difference between the migrations and the schema. `databaseUrl`: a server on which Prisma can
 * create a temporary database. With `fromEmpty`, compares the schema with an empty database instead, which needs no
 * server.
 * @param {import("./providers.mjs").Provider} provider
 * @param {{ databaseUrl: string, file: string, fromEmpty: boolean }} options
 */
export async function writeSchemaDiffSql(provider, { databaseUrl, file, fromEmpty }) {
  const from = fromEmpty ? ["--from-empty"] : ["--from-migrations", migrationsFolderOf(provider)];
  const args = ["migrate", "diff", ...from, "--to-schema", ensureSchemaFile(provider), "--script", "--output", file];
  const env = { DATABASE_URL: databaseUrl, DATABASE_PROVIDER: provider };
  await runNodeOrThrow("Comparing the migrations with the schema", [PRISMA, ...args], { env });
}
