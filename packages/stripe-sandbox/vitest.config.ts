import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts"],
    pool: "forks",
    isolate: false,
    // So long that only a test that hangs reaches it.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
