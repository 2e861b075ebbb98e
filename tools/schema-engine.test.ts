import { execFile } from "node:child_process";
import { accessSync, constants, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import prismaPackage from "../node_modules/prisma/package.json" with { type: "json" };

const ROOT = join(import.meta.dirname, "..");
const MIGRATIONS = "prisma/migrations/sqlite";

/** Resolves where Prisma exits with 0, rejects with its output where it does not. */
function prisma(args: string[], databaseUrl: string) {
  const { PRISMA_SCHEMA_ENGINE_BINARY: _, ...env } = process.env;
  return promisify(execFile)(process.execPath, ["node_modules/prisma/build/index.js", ...args], {
    cwd: ROOT,
    env: { ...env, DATABASE_URL: databaseUrl, CHECKPOINT_DISABLE: "1" },
  });
}

function emptyLedger(): string {
  return join(mkdtempSync(join(tmpdir(), "appeal-engine-")), "ledger.db");
}

test("the engine that we stand in for is the one that this Prisma wants", () => {
  expect(prismaPackage.version).toBe("7.10.0");
  accessSync(join(ROOT, "tools/schema-engine.mjs"), constants.X_OK);
});

test("the committed migrations lead to the committed schema", { timeout: 30_000 }, async () => {
  const diff = [
    "migrate",
    "diff",
    "--from-migrations",
    MIGRATIONS,
    "--to-schema",
    "prisma/schema.prisma",
    "--exit-code",
  ];
  const { stdout } = await prisma(diff, `file:${emptyLedger()}`);
  expect(stdout).toContain("No difference detected");
});

test("a ledger that does not exist yet is made by deploying, and deploying again changes nothing", {
  timeout: 30_000,
}, async () => {
  const path = emptyLedger();
  await prisma(["migrate", "deploy"], `file:${path}`);
  const { stdout } = await prisma(["migrate", "deploy"], `file:${path}`);
  expect(stdout).toContain("No pending migrations");
  const ledger = new Database(path, { readonly: true });
  const tables = ledger.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all();
  ledger.close();
  expect(tables).toContain("Payment");
});
