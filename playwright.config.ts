import { statfsSync } from "node:fs";
import { defineConfig } from "@playwright/test";
import { findFreePorts } from "./tools/run/ports.mjs";

// Playwright reads this file again in every worker. The ports are chosen once, and workers get them through the
// environment. The first port depends on the process, so that two runs at once rarely choose the same ports.
process.env.JOURNEY_PORTS ??= (await findFreePorts(4, 20_000 + (process.pid % 1_000) * 4)).join();
const [site, stripe, mail, smtp] = process.env.JOURNEY_PORTS.split(",");
// The site has a host name, because passkeys need one. The stand-in has an IP address, so that browsers treat it as a
// different site, like the real Stripe.
process.env.SITE_ADDRESS = `http://localhost:${site}`;
process.env.STRIPE_ADDRESS = `http://127.0.0.1:${stripe}`;
process.env.MAIL_ADDRESS = `http://127.0.0.1:${mail}`;

// The browser does not paint, unless Playwright records or shows the pages. Painting costs processor time, and the
// tests read no pixels.
process.env.JOURNEYS_ARE_PAINTED ??= String(process.argv.some((word) => /^--(trace|headed|ui|debug)\b/.test(word)));
const arePainted = process.env.JOURNEYS_ARE_PAINTED === "true";

// Makes the site, the stand-in and Playwright's workers collect garbage less often.
process.env.NODE_OPTIONS ??= "--max-semi-space-size=32";

export default defineConfig({
  testDir: "e2e",
  outputDir: ".cache/journeys-output",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  // The timeouts serve only to stop a test that hangs. They are so long that a test also passes on a very slow machine.
  timeout: 5 * 60_000,
  expect: { timeout: 60_000, toPass: { timeout: 60_000 } },
  forbidOnly: process.env.CI === "true",
  projects: [
    // The projects "signing in" and "alone" have one worker each. Starting a second worker with its browser would take
    // more time than it saves.
    { name: "signing in", testMatch: "signed-in.setup.ts", workers: 1 },
    { name: "journeys", testMatch: "*.spec.ts", dependencies: ["signing in"] },
    // These tests change what all readers see, so they run alone. The *.later.ts tests also advance a clock that all
    // tests share. This ends all sessions, so these tests must run last. Playwright runs files in the order of their
    // names: the name of a *.later.ts file must sort after all *.alone.ts names.
    { name: "alone", testMatch: "*.{alone,later}.ts", dependencies: ["journeys"], workers: 1 },
  ],
  use: {
    baseURL: process.env.SITE_ADDRESS,
    actionTimeout: 60_000,
    locale: "en-GB",
    // In this time zone the gift form offers dollars first.
    timezoneId: "America/New_York",
    viewport: { width: 1280, height: 900 },
    // Records no traces, because they take time. `npx playwright test --trace on` records them.
    trace: "off",
    screenshot: arePainted ? "only-on-failure" : "off",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      ignoreDefaultArgs: hasSharedMemory() ? ["--disable-dev-shm-usage"] : [],
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // Turns off the optimising compilers of JavaScript. In these short tests, compiling the optimised code would
        // take more time than that code saves.
        "--js-flags=--no-opt,--no-maglev",
        ...(arePainted ? [] : ["--force-gpu-mem-available-mb=0"]),
      ],
    },
  },
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

/**
 * Returns true if there are 512 MB of shared memory for Chromium. Otherwise Playwright's Chromium uses files in /tmp,
 * which cost processor time.
 */
function hasSharedMemory(): boolean {
  try {
    const { bavail, bsize } = statfsSync("/dev/shm");
    return bavail * bsize >= 512 * 1024 ** 2;
  } catch {
    return false;
  }
}
