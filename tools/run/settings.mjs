// Reads each setting from the environment. A setting that is not there is read from .env, and then from the values that the
// demo generates and stores.
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as util from "node:util";
import { providerOf } from "../database/providers.mjs";
import { Stop } from "./console.mjs";
import { ROOT } from "./paths.mjs";

/** @typedef {Record<string, string | undefined>} Settings */
/**
 * @typedef {typeof PORTS & Record<string, string | undefined> & { DATABASE_URL: string, STRIPE_SECRET_KEY: string,
 *   STRIPE_WEBHOOK_SECRET: string, SITE_URL: string, STAFF_EMAILS: string, SMTP_URL: string }} StackSettings
 * @typedef {{ settings: StackSettings, usesStandIn: boolean, usesInbox: boolean }} Stack
 */

const PORTS = { PORT: "3000", STRIPE_SANDBOX_PORT: "4242", MAIL_PORT: "1080", MAIL_SMTP_PORT: "1025" };

/** An empty value counts as missing, as in systems/env.ts. @param {Settings} settings @returns {Record<string, string>} */
function withoutEmpty(settings) {
  return Object.fromEntries(Object.entries(settings).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

/** @param {string} path */
function readEnvFile(path) {
  return existsSync(path) ? withoutEmpty(util.parseEnv(readFileSync(path, "utf8"))) : {};
}

/** Returns the settings of .env and the environment. If both have a setting, the environment wins. @returns {Settings} */
export function readSettings() {
  return { ...readEnvFile(join(ROOT, ".env")), ...withoutEmpty(process.env) };
}

/** Returns true for a live key, and for a test key as long as Stripe's. The Stripe stand-in's keys are shorter. */
export function isRealStripeKey(key = "") {
  return /^(sk|rk)_live_/.test(key) || /^(sk|rk)_test_\w{24,}$/.test(key);
}

/**
 * Returns complete settings for the site, the Stripe stand-in and the mail inbox on this machine. `folder` holds the ledger,
 * the stand-in's database, the e-mails and the secrets. `usesStandIn` is false with one of Stripe's own keys or with
 * STRIPE_API_BASE; `usesInbox` is false with a mail server in SMTP_URL. `size`: the size of the demo; each size has a separate
 * ledger.
 * @param {{ folder: string, given: Settings, size?: string | null }} options @returns {Stack}
 */
export function stackSettings({ folder, given, size = null }) {
  const usesStandIn = !isRealStripeKey(given.STRIPE_SECRET_KEY) && !given.STRIPE_API_BASE;
  if (!usesStandIn) requireStripeSettings(given);
  // Gifts of a real Stripe account are never stored in the demo's ledger.
  const ledger = join(folder, usesStandIn ? `ledger${size ? `-${size}` : ""}.db` : "ledger-of-your-account.db");
  const settings = { ...PORTS, ...storedSecrets(folder), DATABASE_URL: `file:${ledger}`, ...withoutEmpty(given) };
  return {
    settings: {
      ...settings,
      SITE_URL: given.SITE_URL ?? `http://127.0.0.1:${settings.PORT}`,
      STAFF_EMAILS: given.STAFF_EMAILS ?? "editor@example.org",
      SMTP_URL: given.SMTP_URL ?? `smtp://127.0.0.1:${settings.MAIL_SMTP_PORT}`,
      ...(providerOf(settings.DATABASE_URL) === "postgresql" && {
        ERASURES_FILE: given.ERASURES_FILE ?? join(folder, "erasures.jsonl"),
      }),
      // The Stripe stand-in accepts any key. A demo that is older than this setting also needs one.
      ...(usesStandIn && { STRIPE_PUBLISHABLE_KEY: given.STRIPE_PUBLISHABLE_KEY ?? "pk_test_standin" }),
      ...(usesStandIn && { STRIPE_API_BASE: `http://127.0.0.1:${settings.STRIPE_SANDBOX_PORT}` }),
    },
    usesStandIn,
    usesInbox: !given.SMTP_URL,
  };
}

/** @param {Settings} given */
function requireStripeSettings(given) {
  if (!given.STRIPE_WEBHOOK_SECRET)
    throw new Stop(
      "STRIPE_WEBHOOK_SECRET is missing: with a Stripe key of your own the site needs the signing secret of your webhook " +
        "endpoint (whsec_…). See docs/going-live.md.",
    );
  if (!given.STRIPE_SECRET_KEY) throw new Stop("STRIPE_SECRET_KEY is missing: STRIPE_API_BASE needs one.");
}

/** Returns the secrets in `folder`. The first start generates them. Only the file's owner can read them. */
function storedSecrets(/** @type {string} */ folder) {
  const path = join(folder, "secrets.env");
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const lines = Object.entries(newSecrets()).map(([name, value]) => `${name}=${value}`);
    writeFileSync(path, `${lines.join("\n")}\n`, { mode: 0o600 });
  }
  chmodSync(path, 0o600);
  return /** @type {ReturnType<typeof newSecrets>} */ (readEnvFile(path));
}

function newSecrets() {
  return {
    NEXTAUTH_SECRET: randomBytes(32).toString("base64url"),
    IDENTITY_KEY: randomBytes(32).toString("base64"),
    STRIPE_SECRET_KEY: `sk_test_demo${randomBytes(6).toString("hex")}`,
    STRIPE_WEBHOOK_SECRET: `whsec_${randomBytes(24).toString("hex")}`,
  };
}
