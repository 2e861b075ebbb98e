import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { createFreshLedger, testDatabaseProvider } from "../../../prisma/fresh-ledger";
import { openDatabase } from "../../../systems/database";
import { migrate } from "../migrate.mjs";
import { databaseUrlOnSameServer, runSql } from "../postgres.mjs";
import { readArchive } from "./archive";
import { beginPostgresRestore } from "./postgresql";
import { takeBackup } from "./take-backup";

const onPostgres = test.runIf(testDatabaseProvider === "postgresql");
const key = Buffer.alloc(32, 7).toString("base64");

onPostgres("a restore that is cut off before its erasures leaves a ledger that nothing opens", async () => {
  const url = await createFreshLedger();
  const db = await openDatabase(url);
  await db.lease.create({ data: { name: "a row", holder: "the test", until: new Date() } });
  await db.$disconnect();
  const folder = mkdtempSync(join(tmpdir(), "appeal-restore-"));
  const { path } = await takeBackup({ url, folder, key, now: new Date() });
  const { head, manifest } = await readArchive(path, { key });
  const into = newDatabaseUrl();
  const ledger = await beginPostgresRestore(into, head);
  await readArchive(path, { key, onBatch: ledger.write });

  await ledger.commit(manifest, async () => {
    // At this moment the rows are restored, but the erasures are not applied yet. If the process were killed now, the
    // ledger would stay in this state.
    await expect(openDatabase(into)).rejects.toThrow("a restore into this ledger was cut off");
    await expect(takeBackup({ url: into, folder, key, now: new Date(0) })).rejects.toThrow("was cut off");
    await expect(beginPostgresRestore(into, head)).rejects.toThrow("An earlier restore into that database was cut off");
    const restoring = await openDatabase(into, { isBeingRestored: true });
    expect(await restoring.lease.count()).toBe(1);
    await restoring.$disconnect();
  });

  const restored = await openDatabase(into);
  expect(await restored.lease.count()).toBe(1);
  await restored.$disconnect();
});

onPostgres("a restore into an older ledger that has rows is refused, and does not migrate it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "appeal-restore-"));
  const { path } = await takeBackup({ url: await createFreshLedger(), folder, key, now: new Date() });
  const { head } = await readArchive(path, { key });
  const [into, older] = [newDatabaseUrl(), head.migrations.slice(0, 3)];
  await migrate(into, { only: older });
  await runSql(into, `INSERT INTO "Lease" VALUES ('a row', 'the test', now())`);

  await expect(beginPostgresRestore(into, head)).rejects.toThrow("That database is not empty (Lease has rows)");
  const applied = await runSql(into, 'SELECT migration_name FROM "_prisma_migrations" ORDER BY started_at');
  expect(applied.map((row) => row.migration_name)).toEqual(older);
});

function newDatabaseUrl(): string {
  const { url, template } = inject("postgres") ?? { url: "", template: "" };
  return databaseUrlOnSameServer(url, `${template}_${crypto.randomUUID()}`);
}
