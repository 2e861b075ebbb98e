import { expect, test } from "vitest";
import { createFreshLedger, testDatabaseProvider } from "../../../prisma/fresh-ledger";
import { runSql } from "../postgres.mjs";
import { postgresForSchemaEngine } from "./postgresql.mjs";

const onPostgres = test.runIf(testDatabaseProvider === "postgresql");
/** The statement with which Prisma's schema engine takes its lock. */
const lock = { sql: "SELECT pg_advisory_lock(72707369)", args: [], argTypes: [] };
const HOLDERS = `
  SELECT state FROM pg_locks JOIN pg_stat_activity USING (pid)
  WHERE locktype = 'advisory' AND datname = current_database() AND database = datid AND granted`;

onPostgres("the engine's lock belongs to a transaction, so no pooler keeps it after the migration", async () => {
  const url = await createFreshLedger();
  const adapter = await postgresForSchemaEngine(url).connect();
  await adapter.executeRaw(lock);
  expect(await runSql(url, HOLDERS)).toEqual([{ state: "idle in transaction" }]);
  const [lockRow] = await runSql(url, "SELECT pg_try_advisory_lock(72707369) AS free");
  expect(lockRow).toEqual({ free: false });
  await adapter.dispose();
  await expect.poll(() => runSql(url, HOLDERS)).toEqual([]);
});
