import { defineConfig } from "@playwright/test";
import { findFreePorts } from "./tools/run/ports.mjs";

// Chosen once and handed down by environment: Playwright reads this file again in every worker.
process.env.JOURNEY_PORTS ??= (await findFreePorts(4, 13_100)).join();
const [site, stripe, mail, smtp] = process.env.JOURNEY_PORTS.split(",");
process.env.SITE_ADDRESS = `http://127.0.0.1:${site}`;
process.env.STRIPE_ADDRESS = `http://127.0.0.1:${stripe}`;
process.env.MAIL_ADDRESS = `http://127.0.0.1:${mail}`;

export default defineConfig({
  testDir: "e2e",
  outputDir: ".cache/journeys-output",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  // These catch what hangs, on the slowest of machines: a test waits for an event, not for a time.
  timeout: 5 * 60_000,
  expect: { timeout: 60_000, toPass: { timeout: 60_000 } },
  forbidOnly: process.env.CI === "true",
  projects: [
    { name: "signing in", testMatch: "signed-in.setup.ts" },
    { name: "journeys", testMatch: "*.spec.ts", dependencies: ["signing in"] },
  ],
  use: {
    baseURL: process.env.SITE_ADDRESS,
    locale: "en-GB",
    viewport: { width: 1280, height: 900 },
    // A trace of every journey costs a fifth of their time: `npx playwright test --trace on` where one is needed.
    trace: "off",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  // The production build with a ledger, a Stripe stand-in and a mail inbox of its own.
  webServer: {
    command: "node tools/test/fresh-stack.mjs journeys",
    url: `${process.env.SITE_ADDRESS}/api/health`,
    env: {
      PORT: site ?? "",
      STRIPE_SANDBOX_PORT: stripe ?? "",
      MAIL_PORT: mail ?? "",
      MAIL_SMTP_PORT: smtp ?? "",
    },
    stdout: "ignore",
    stderr: "pipe",
    timeout: 5 * 60_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 30_000 },
  },
});
