import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { isWhole } from "./tools/test/scope.mjs";

const NOT_OURS = ["node_modules/**", ".next/**", "e2e/**", ".cache/**", ".demo/**"];

/**
 * The tests that open a ledger, which PostgreSQL is asked to pass as well. `npm test` asks it for those of the ledger itself, of
 * the sums that are drawn from it, and of whatever names PostgreSQL; `npm run test:all` for all.
 */
function testsOnPostgres(): string[] {
  const files = ["app", "domain", "prisma", "systems", "tools", "lab/torture"].flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: "utf8" }).map((file) => join(room, file)),
  );
  return files.filter((file) => {
    if (!file.endsWith(".test.ts")) return false;
    const text = readFileSync(file, "utf8");
    const opensLedger = /\/(fresh|empty)-ledger"|booksAfter/.test(text);
    return opensLedger && (isWhole || ASKED_OF_POSTGRES.test(file) || text.includes("postgresql"));
  });
}

const ASKED_OF_POSTGRES = /^(domain\/ledger|domain\/newsroom|systems\/lease)\b/;

export default defineConfig({
  resolve: {
    alias: {
      "@": fileURLToPath(new URL(".", import.meta.url)),
      // The workspace's sources: no build comes before a test.
      "stripe-sandbox/testing": fileURLToPath(new URL("packages/stripe-sandbox/src/testing.ts", import.meta.url)),
      "stripe-sandbox": fileURLToPath(new URL("packages/stripe-sandbox/src/start.ts", import.meta.url)),
      // Next's guard against client imports has nothing to guard in a test.
      "server-only": fileURLToPath(new URL("node_modules/server-only/empty.js", import.meta.url)),
    },
  },
  test: {
    pool: "forks",
    isolate: false,
    setupFiles: ["tools/test/each-file-anew.ts"],
    // Catch what hangs, and nothing that is only slow.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    env: { LOG_LEVEL: "silent" },
    exclude: NOT_OURS,
    projects: [
      { extends: true, test: { name: "sqlite", include: ["**/*.test.ts", "**/*.test.tsx"], exclude: NOT_OURS } },
      {
        extends: true,
        test: { name: "postgresql", include: testsOnPostgres(), globalSetup: "prisma/postgres-for-tests.ts" },
      },
    ],
  },
});
