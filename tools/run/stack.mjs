import { join } from "node:path";
import { demoDataFilesOf } from "../demo/ledger-files.mjs";
import { readPort, requireFreePorts } from "./ports.mjs";
import { startChild, waitUntilHealthy } from "./processes.mjs";
import { startSite } from "./site.mjs";

/** @typedef {import("./settings.mjs").Stack} Stack */
/** @typedef {import("./settings.mjs").StackSettings} StackSettings */

const NEXT = "node_modules/next/dist/bin/next";
const healthTimeoutMs = 5 * 60_000;

/** @param {Stack} stack */
export async function requireFreeStackPorts({ settings, usesStandIn, usesInbox }) {
  const wanted = [
    { variable: "PORT", purpose: "the site" },
    ...(usesStandIn ? [{ variable: "STRIPE_SANDBOX_PORT", purpose: "the Stripe stand-in" }] : []),
    ...(usesInbox
      ? [
          { variable: "MAIL_PORT", purpose: "the mail inbox" },
          { variable: "MAIL_SMTP_PORT", purpose: "the mail server of the inbox" },
        ]
      : []),
  ];
  await requireFreePorts(wanted.map((entry) => ({ ...entry, port: readPort(settings, entry.variable) })));
}

/**
 * Starts the site and the programs beside it. Returns the child processes when all are healthy. `mode`: "start" serves
 * the production build, "dev" reloads changed sources. `siteSettings`: more settings, which only the site gets. Throws
 * a CommandError if the site or a program does not start. The caller must then stop those that did start (stopAll).
 * @param {{ stack: Stack, folder: string, mode?: "start" | "dev", printsPrefixed?: boolean,
 *   siteSettings?: Record<string, string> }} options
 */
export async function startStack({ stack, folder, mode = "start", printsPrefixed = false, siteSettings = {} }) {
  const { settings, usesStandIn, usesInbox } = stack;
  const output = (/** @type {string} */ name) => ({
    log: printsPrefixed ? undefined : join(folder, `${name}.log`),
    printsPrefixed,
  });
  /** @type {{ child: import("./processes.mjs").Child, health: string }[]} */
  const started = [];
  if (usesInbox) {
    const env = { ...settings, MAIL_FOLDER: join(folder, "mail") };
    const inbox = startChild("inbox", ["--import", "tsx", "tools/run/inbox.ts"], { env, ...output("inbox") });
    started.push({ child: inbox, health: inboxUrl(settings) });
  }
  if (usesStandIn) {
    const env = standInSettings({ settings, folder });
    const args = ["--import", "tsx", "packages/stripe-sandbox/src/main.ts"];
    const health = `${settings.STRIPE_API_BASE}/_sandbox/health`;
    started.push({ child: startChild("stripe", args, { env, ...output("stripe") }), health });
  }
  const env = { ...settings, ...siteSettings };
  const site =
    mode === "dev"
      ? startDevSite(env, output("site"))
      : startSite("site", { port: settings.PORT, env, ...output("site") });
  started.push({ child: site, health: `${localSiteUrl(settings)}/api/health` });
  await Promise.all(
    started.map(({ child, health }) => waitUntilHealthy(child, health, { timeoutMs: healthTimeoutMs })),
  );
  return started.map(({ child }) => child);
}

/** @param {StackSettings} settings @param {{ log?: string, printsPrefixed: boolean }} output */
function startDevSite(settings, output) {
  const env = { ...settings, NODE_ENV: "development", NEXT_TELEMETRY_DISABLED: "1" };
  return startChild("site", [NEXT, "dev", "-H", "127.0.0.1", "-p", settings.PORT], { env, ...output });
}

/** @param {StackSettings} settings */
export function localSiteUrl(settings) {
  return `http://127.0.0.1:${settings.PORT}`;
}

/** @param {StackSettings} settings */
export function inboxUrl(settings) {
  return `http://127.0.0.1:${settings.MAIL_PORT}`;
}

/** @param {{ settings: StackSettings, folder: string }} options */
function standInSettings({ settings, folder }) {
  return {
    STRIPE_SANDBOX_PORT: settings.STRIPE_SANDBOX_PORT,
    STRIPE_SANDBOX_STATE: demoDataFilesOf(folder, settings).standIn,
    STRIPE_SANDBOX_ENDPOINT: `${localSiteUrl(settings)}/api/stripe/webhook`,
    STRIPE_SANDBOX_ENDPOINT_SECRET: settings.STRIPE_WEBHOOK_SECRET,
    STRIPE_SECRET_KEY: settings.STRIPE_SECRET_KEY,
    ...(settings.STRIPE_SANDBOX_SETTLES && { STRIPE_SANDBOX_SETTLES: settings.STRIPE_SANDBOX_SETTLES }),
  };
}
