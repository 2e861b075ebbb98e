import { statfsSync } from "node:fs";
import { defineConfig } from "@playwright/test";
import { findFreePorts } from "./tools/run/ports.mjs";

// Playwright reads this file again in every worker. So the environment passes on the ports that the first reading chose. Each
// process starts its search at a different port, so that two runs at once do not find the same free ports.
process.env.JOURNEY_PORTS ??= (await findFreePorts(4, 20_000 + (process.pid % 1_000) * 4)).join();
const [site, stripe, mail, smtp] = process.env.JOURNEY_PORTS.split(",");
// A passkey needs a host name. To browsers the stand-in, at an IP address, is another site, as Stripe is.
process.env.SITE_ADDRESS = `http://localhost:${site}`;
process.env.STRIPE_ADDRESS = `http://127.0.0.1:${stripe}`;
process.env.MAIL_ADDRESS = `http://127.0.0.1:${mail}`;

// No journey reads a pixel, so the browser gets no memory to paint into: layout, styles, hit tests and layout shifts need none. Painting
// would take half of the browser's processor time. It paints when somebody looks: with --trace, --headed, --ui or --debug.
process.env.JOURNEYS_ARE_PAINTED ??= String(process.argv.some((word) => /^--(trace|headed|ui|debug)\b/.test(word)));
const arePainted = process.env.JOURNEYS_ARE_PAINTED === "true";

export default defineConfig({
  testDir: "e2e",
  outputDir: ".cache/journeys-output",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  // The timeouts only catch a test that hangs, even on a very slow machine. Tests wait for an event, not for a time.
  timeout: 5 * 60_000,
  expect: { timeout: 60_000, toPass: { timeout: 60_000 } },
  forbidOnly: process.env.CI === "true",
  projects: [
    // One worker each for the small groups: a second one, with its browser, would take more time to start than it saves.
    { name: "signing in", testMatch: "signed-in.setup.ts", workers: 1 },
    { name: "journeys", testMatch: "*.spec.ts", dependencies: ["signing in"] },
    // These journeys change what every reader sees.
    { name: "alone", testMatch: "*.alone.ts", dependencies: ["journeys"], workers: 1 },
    // These journeys advance the clock that all journeys share, so they run one after another.
    { name: "later", testMatch: "*.later.ts", dependencies: ["alone"], workers: 1 },
  ],
  use: {
    baseURL: process.env.SITE_ADDRESS,
    actionTimeout: 60_000,
    locale: "en-GB",
    // The browser's clock is in New York, so that the form offers dollars first.
    timezoneId: "America/New_York",
    viewport: { width: 1280, height: 900 },
    // Traces take a fifth of the journeys' time. `npx playwright test --trace on` records them if needed.
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
        ...(arePainted ? [] : ["--force-gpu-mem-available-mb=0"]),
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

/**
 * Playwright keeps Chromium out of /dev/shm, because a container may have only 64 MB of it. Files in /tmp, which Chromium uses then,
 * take a tenth more processor time for each page.
 */
function hasSharedMemory(): boolean {
  try {
    const { bavail, bsize } = statfsSync("/dev/shm");
    return bavail * bsize >= 512 * 1024 ** 2;
  } catch {
    return false;
  }
}
