import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts"],
    pool: "forks",
    isolate: false,
    // Catch what hangs, and nothing that is only slow.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
