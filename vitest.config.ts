import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const NOT_OURS = ["node_modules/**", ".next/**", "e2e/**", ".cache/**", ".demo/**"];

/** Whatever opens a ledger runs on both databases; see prisma/fresh-ledger.ts. */
function testsOnALedger(): string[] {
  const files = ["app", "domain", "prisma", "systems", "tools", "torture"].flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: "utf8" }).map((file) => join(room, file)),
  );
  const tests = files.filter((file) => file.endsWith(".test.ts"));
  return tests.filter((file) => readFileSync(file, "utf8").includes("/fresh-ledger"));
}

export default defineConfig({
  resolve: {
    alias: {
      "@": fileURLToPath(new URL(".", import.meta.url)),
      // Next's guard against client imports has nothing to guard in a test.
      "server-only": fileURLToPath(new URL("node_modules/server-only/empty.js", import.meta.url)),
    },
  },
  test: {
    pool: "forks",
    testTimeout: 30_000,
    env: { LOG_LEVEL: "silent" },
    exclude: NOT_OURS,
    projects: [
      { extends: true, test: { name: "sqlite", include: ["**/*.test.ts", "**/*.test.tsx"], exclude: NOT_OURS } },
      {
        extends: true,
        test: { name: "postgresql", include: testsOnALedger(), globalSetup: "prisma/postgres-for-tests.ts" },
      },
    ],
  },
});
