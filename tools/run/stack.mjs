// The site, the Stripe stand-in and the mail inbox, started together on this machine and healthy when it returns.
import { join } from "node:path";
import { booksOf } from "../demo/books.mjs";
import { readPort, requireFreePorts } from "./ports.mjs";
import { startChild, waitUntilHealthy } from "./processes.mjs";
import { startSite } from "./site.mjs";

const NEXT = "node_modules/next/dist/bin/next";
const healthTimeoutMs = 5 * 60_000;

/** Throws a Stop that names each port of the stack that is taken. */
export async function requireStackPorts({ settings, usesStandIn, usesInbox }) {
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
 * `stack`: what stackSettings() returned. `mode`: "start" (the production build) or "dev". Returns the children, to be watched.
 * Throws with the last words of the one that does not come up; the caller ends the others (stopAll).
 */
export async function startStack({ stack, folder, mode = "start", readerScriptVersion, shown = false }) {
  const { settings, usesStandIn, usesInbox } = stack;
  const output = (name) => ({ log: shown ? undefined : join(folder, `${name}.log`), shown });
  const started = [];
  const start = (name, args, env, health) => {
    const child = startChild(name, args, { env, ...output(name) });
    started.push({ child, health });
  };
  if (usesInbox)
    start("inbox", ["tools/run/inbox.mjs"], { ...settings, MAIL_FOLDER: join(folder, "mail") }, inboxAddress(settings));
  if (usesStandIn)
    start(
      "stripe",
      ["--import", "tsx", "packages/stripe-sandbox/src/main.ts"],
      standInSettings({ settings, folder }),
      standInHealth(settings),
    );
  const siteSettings = {
    ...settings,
    NODE_ENV: mode === "dev" ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
    ...(readerScriptVersion && { READER_SCRIPT_VERSION: readerScriptVersion }),
  };
  const site =
    mode === "dev"
      ? startChild("site", [NEXT, "dev", "-H", "127.0.0.1", "-p", settings.PORT], {
          env: siteSettings,
          ...output("site"),
        })
      : startSite("site", { port: settings.PORT, env: siteSettings, ...output("site") });
  started.push({ child: site, health: `${siteAddress(settings)}/api/health` });
  await Promise.all(
    started.map(({ child, health }) => waitUntilHealthy(child, health, { timeoutMs: healthTimeoutMs })),
  );
  return started.map(({ child }) => child);
}

export function siteAddress(settings) {
  return `http://127.0.0.1:${settings.PORT}`;
}

export function inboxAddress(settings) {
  return `http://127.0.0.1:${settings.MAIL_PORT}`;
}

function standInHealth(settings) {
  return `${settings.STRIPE_API_BASE}/_sandbox/health`;
}

function standInSettings({ settings, folder }) {
  return {
    STRIPE_SANDBOX_PORT: settings.STRIPE_SANDBOX_PORT,
    STRIPE_SANDBOX_STATE: booksOf(folder, settings).standIn,
    STRIPE_SANDBOX_ENDPOINT: `${siteAddress(settings)}/api/stripe/webhook`,
    STRIPE_SANDBOX_ENDPOINT_SECRET: settings.STRIPE_WEBHOOK_SECRET,
    STRIPE_SECRET_KEY: settings.STRIPE_SECRET_KEY,
  };
}
