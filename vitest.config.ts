import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { isFullRun } from "./tools/test/scope.mjs";
import { modulePathInTests, PUBLICATION_IMPORT_PATTERN, SERVER_ONLY_STUB_PATH } from "./tools/test/test-modules.mjs";

const NOT_OURS = ["node_modules/**", ".next/**", "e2e/**", ".cache/**", ".demo/**"];

/**
 * Returns the test files that run on PostgreSQL: only files that open a ledger. Of these, `npm test` runs those in
 * POSTGRES_ROOMS and those whose code contains `postgresql`. `npm run test:all` runs all.
 */
function testsOnPostgres(): string[] {
  const files = ["app", "domain", "prisma", "systems", "tools", "lab/torture"].flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: "utf8" }).map((file) => join(room, file)),
  );
  return files.filter((file) => {
    if (!file.endsWith(".test.ts")) return false;
    const code = readFileSync(file, "utf8").replace(COMMENTS, "");
    const opensLedger = /\/(fresh|empty)-ledger"|readBooksAfter|-(fixture|desk)"|inject\("postgres"\)/.test(code);
    return opensLedger && (isFullRun || POSTGRES_ROOMS.test(file) || code.includes("postgresql"));
  });
}

/**
 * Matches comments on lines of their own. testsOnPostgres() removes them before it searches the code, so that a word in
 * a comment never decides which tests run.
 */
const COMMENTS = /^\s*(?:\/\/|\/\*|\*).*$/gm;

const POSTGRES_ROOMS =
  /^(domain\/(ledger|newsroom)|app\/newsroom\/(exports|queue|code\/second-factor|settings\/colleagues)|systems\/(lease|erasure)|tools\/database\/(?!staff-reset-factor)[\w-]+)\b/;

/** Matches the tests that import the newsroom's own publication.ts. All other tests get a test publication instead. */
const TESTS_OF_PUBLICATION = /\/(publication|tokens)\.test\.ts$/;

const testPublication: Plugin = {
  name: "test-publication",
  enforce: "pre",
  async resolveId(source, importer, options) {
    if (!importer || !PUBLICATION_IMPORT_PATTERN.test(source) || TESTS_OF_PUBLICATION.test(importer)) return null;
    const found = await this.resolve(source, importer, { ...options, skipSelf: true });
    return found && { ...found, id: modulePathInTests(found.id) };
  },
  // Adds the compiler's settings to each cache key, because they change the result of a transformation.
  configureVitest({ experimental_defineCacheKeyGenerator: addToCacheKey }) {
    const settings = ["tsconfig.json", "packages/stripe-sandbox/tsconfig.json"].map((file) =>
      readFileSync(file, "utf8"),
    );
    addToCacheKey(() => settings.join());
  },
};

export default defineConfig({
  plugins: [testPublication],
  // Compiles JSX for production: React's production build lacks the functions that Vite's default calls.
  oxc: { jsx: { runtime: "automatic", development: false } },
  resolve: {
    alias: {
      "@": fileURLToPath(new URL(".", import.meta.url)),
      // Tests use the sources of the package, so that no build is needed first.
      "stripe-sandbox/testing": fileURLToPath(new URL("packages/stripe-sandbox/src/testing.ts", import.meta.url)),
      "stripe-sandbox": fileURLToPath(new URL("packages/stripe-sandbox/src/start.ts", import.meta.url)),
      "server-only": SERVER_ONLY_STUB_PATH,
    },
  },
  test: {
    pool: "forks",
    isolate: false,
    setupFiles: [
      ...["tools/test/production-react.ts", "systems/testing/next-runtime.ts"],
      "tools/test/reset-between-files.ts",
    ],
    // The timeouts only stop a test that hangs; a slow test must not fail.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    env: { LOG_LEVEL: "silent" },
    // Keeps transformed modules for later runs. `vitest --clearCache` deletes them.
    experimental: { fsModuleCache: true, fsModuleCachePath: ".cache/vitest" },
    exclude: NOT_OURS,
    projects: [
      {
        extends: true,
        test: {
          name: "sqlite",
          include: ["**/*.test.ts", "**/*.test.tsx"],
          exclude: NOT_OURS,
          globalSetup: "tools/test/temporary-folder.ts",
        },
      },
      {
        extends: true,
        test: {
          name: "postgresql",
          include: testsOnPostgres(),
          globalSetup: ["tools/test/temporary-folder.ts", "prisma/postgres-for-tests.ts"],
        },
      },
    ],
  },
});
