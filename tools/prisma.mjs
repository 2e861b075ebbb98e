// Prisma's command line, for the three things that we need of it.
import { join } from "node:path";
import { fingerprintOf, readStamp, writeStamp } from "./fingerprint.mjs";
import { ROOT } from "./root.mjs";
import { mustRun } from "./run.mjs";

const PRISMA = join(ROOT, "node_modules/prisma/build/index.js");
const CLIENT_STAMP = join(ROOT, "generated/.stamp");

/** Makes the database client again where the schema or Prisma has changed. */
export async function ensureClient() {
  const sources = ["prisma/schema.prisma", "prisma.config.ts", "node_modules/prisma/package.json"];
  const wanted = fingerprintOf(sources.map((file) => join(ROOT, file)));
  if (readStamp(CLIENT_STAMP) === wanted) return;
  await mustRun("Generating the database client", [PRISMA, "generate"]);
  writeStamp(CLIENT_STAMP, wanted);
}

/** Brings the ledger at `databaseUrl` to the newest migration; makes it where there is none. */
export async function deployMigrations(databaseUrl) {
  await mustRun("Migrating the ledger", [PRISMA, "migrate", "deploy"], { env: { DATABASE_URL: databaseUrl } });
}
