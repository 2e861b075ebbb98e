// Prisma's command line, for what is done while developing: the clients and new migrations.
import { join } from "node:path";
import { fingerprintOf, readStamp, writeStamp } from "../build/fingerprint.mjs";
import { ROOT } from "../run/paths.mjs";
import { mustRun } from "../run/spawn.mjs";
import { migrationsOf, PROVIDERS, schemaOf } from "./providers.mjs";

const PRISMA = join(ROOT, "node_modules/prisma/build/index.js");
const CLIENT_STAMP = join(ROOT, "generated/.stamp");

/** Makes the database clients again, one a provider, where the schema or Prisma has changed. */
export async function ensureClient() {
  const sources = [
    "prisma/schema.prisma",
    "prisma.config.ts",
    "tools/database/providers.mjs",
    "node_modules/prisma/package.json",
  ];
  const wanted = fingerprintOf(sources.map((file) => join(ROOT, file)));
  if (readStamp(CLIENT_STAMP) === wanted) return;
  for (const provider of PROVIDERS)
    await mustRun("Generating the database client", [PRISMA, "generate"], { env: { DATABASE_PROVIDER: provider } });
  writeStamp(CLIENT_STAMP, wanted);
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
