import { expect, test } from "vitest";
import { freshLedger, provider } from "../../../prisma/fresh-ledger";
import { runSql } from "../postgres.mjs";
import { postgresAt } from "./postgresql.mjs";

const onPostgres = test.runIf(provider === "postgresql");
/** As the engine writes it. */
const lock = { sql: "SELECT pg_advisory_lock(72707369)", args: [], argTypes: [] };
const HOLDERS = `
  SELECT state FROM pg_locks JOIN pg_stat_activity USING (pid)
  WHERE locktype = 'advisory' AND datname = current_database() AND database = datid AND granted`;

onPostgres("the engine's lock is a transaction's, so that no pooler keeps it when the migration is over", async () => {
  const url = await freshLedger();
  const adapter = await postgresAt(url).connect();
  await adapter.executeRaw(lock);
  expect(await runSql(url, HOLDERS)).toEqual([{ state: "idle in transaction" }]);
  const [{ free }] = await runSql(url, "SELECT pg_try_advisory_lock(72707369) AS free");
  expect(free).toBe(false);
  await adapter.dispose();
  await expect.poll(() => runSql(url, HOLDERS)).toEqual([]);
});
