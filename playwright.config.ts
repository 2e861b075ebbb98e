import { defineConfig } from "@playwright/test";
import { findFreePorts } from "./tools/run/ports.mjs";

// Playwright reads this file again in every worker, so the environment passes on the ports that the first reading chose.
// Each process starts its search elsewhere, so that two runs at once do not find the same free ports.
process.env.JOURNEY_PORTS ??= (await findFreePorts(4, 20_000 + (process.pid % 1_000) * 4)).join();
const [site, stripe, mail, smtp] = process.env.JOURNEY_PORTS.split(",");
// A passkey needs a host name. To browsers the stand-in, at an IP address, is another site, as Stripe is.
process.env.SITE_ADDRESS = `http://localhost:${site}`;
process.env.STRIPE_ADDRESS = `http://127.0.0.1:${stripe}`;
process.env.MAIL_ADDRESS = `http://127.0.0.1:${mail}`;

export default defineConfig({
  testDir: "e2e",
  outputDir: ".cache/journeys-output",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  // Timeouts only catch a test that hangs, even on a very slow machine: tests wait for an event, not for a time.
  timeout: 5 * 60_000,
  expect: { timeout: 60_000, toPass: { timeout: 60_000 } },
  forbidOnly: process.env.CI === "true",
  projects: [
    { name: "signing in", testMatch: "signed-in.setup.ts" },
    { name: "journeys", testMatch: "*.spec.ts", dependencies: ["signing in"] },
    // These journeys change what every reader sees.
    { name: "alone", testMatch: "*.alone.ts", dependencies: ["journeys"] },
    // These journeys move the clock that all journeys share, so they run one after the other.
    { name: "later", testMatch: "*.later.ts", dependencies: ["alone"], workers: 1 },
  ],
  use: {
    baseURL: process.env.SITE_ADDRESS,
    actionTimeout: 60_000,
    locale: "en-GB",
    // The browser's clock is in New York, so that the form offers dollars first.
    timezoneId: "America/New_York",
    viewport: { width: 1280, height: 900 },
    // Traces take a fifth of the journeys' time. `npx playwright test --trace on` records them when needed.
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
  // The production build with its own ledger, Stripe stand-in and mail inbox.
  webServer: {
    command: `node tools/test/start-stack.mjs journeys ${process.env.SITE_ADDRESS}`,
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
