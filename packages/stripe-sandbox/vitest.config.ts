import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts"],
    pool: "forks",
    isolate: false,
    // Only a test that hangs reaches these limits.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
