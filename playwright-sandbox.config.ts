import { defineConfig } from "@playwright/test";
import journeys from "./playwright.config";

/**
 * Runs only the browser tests of the Stripe stand-in's pages. Starts the stand-in from its sources, so that a change of
 * its pages can be tried without a build of the site.
 */
const { projects: _, webServer: __, ...shared } = journeys;
const { STRIPE_ADDRESS = "" } = process.env;

export default defineConfig({
  ...shared,
  testMatch: "the-stand-in-*.spec.ts",
  webServer: {
    command: "node packages/stripe-sandbox/bin/stripe-sandbox.mjs --state :memory:",
    url: `${STRIPE_ADDRESS}/_sandbox/health`,
    env: { STRIPE_SANDBOX_PORT: new URL(STRIPE_ADDRESS).port },
    stdout: "ignore",
    stderr: "pipe",
    gracefulShutdown: { signal: "SIGTERM", timeout: 30_000 },
  },
});
