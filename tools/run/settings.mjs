// Reads and completes the settings. A setting comes from the environment, else from .env, else from the values that the
// demo generates and stores.
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as util from "node:util";
import { databaseProviderOf } from "../database/providers.mjs";
import { CommandError } from "./console.mjs";
import { REPOSITORY_ROOT } from "./paths.mjs";

/** @typedef {Record<string, string | undefined>} Settings */
/**
 * @typedef {typeof PORTS & Record<string, string | undefined> & { DATABASE_URL: string, STRIPE_SECRET_KEY: string,
 *   STRIPE_WEBHOOK_SECRET: string, SITE_URL: string, STAFF_EMAILS: string, SMTP_URL: string }} StackSettings
 * @typedef {{ settings: StackSettings, usesStandIn: boolean, usesInbox: boolean }} Stack
 */

const PORTS = { PORT: "3000", STRIPE_SANDBOX_PORT: "4242", MAIL_PORT: "1080", MAIL_SMTP_PORT: "1025" };

/**
 * Returns the settings without those whose value is empty. An empty setting counts as missing, as in systems/env.ts.
 * @param {Settings} settings @returns {Record<string, string>}
 */
function withoutEmpty(settings) {
  return Object.fromEntries(Object.entries(settings).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

/** @param {string} path */
function readEnvFile(path) {
  return existsSync(path) ? withoutEmpty(util.parseEnv(readFileSync(path, "utf8"))) : {};
}

/**
 * Returns the settings of .env and the environment. If both have a setting, the environment wins. @returns {Settings}
 */
export function readSettings() {
  return { ...readEnvFile(join(REPOSITORY_ROOT, ".env")), ...withoutEmpty(process.env) };
}

/**
 * Returns true for a live key, and for a test key with at least 24 characters after `sk_test_` or `rk_test_`. The
 * Stripe stand-in's keys are shorter.
 */
export function isKeyIssuedByStripe(key = "") {
  return /^(sk|rk)_live_/.test(key) || /^(sk|rk)_test_\w{24,}$/.test(key);
}

/**
 * Returns all settings of the site and of the programs beside it. `size`: the size of the demo; each size has a
 * separate ledger. Throws a CommandError if a setting for the real Stripe is missing.
 * @param {{ folder: string, ownSettings: Settings, size?: string | null }} options @returns {Stack}
 */
export function resolveStackSettings({ folder, ownSettings, size = null }) {
  const usesStandIn = !isKeyIssuedByStripe(ownSettings.STRIPE_SECRET_KEY) && !ownSettings.STRIPE_API_BASE;
  if (!usesStandIn) requireStripeSettings(ownSettings);
  // Gifts of a real Stripe account get another ledger by default, so that they are not mixed with the demo's.
  const ledger = join(folder, usesStandIn ? `ledger${size ? `-${size}` : ""}.db` : "ledger-of-your-account.db");
  const settings = { ...PORTS, ...storedSecrets(folder), DATABASE_URL: `file:${ledger}`, ...withoutEmpty(ownSettings) };
  return {
    settings: {
      ...settings,
      SITE_URL: ownSettings.SITE_URL ?? `http://127.0.0.1:${settings.PORT}`,
      STAFF_EMAILS: ownSettings.STAFF_EMAILS ?? "editor@example.org",
      SMTP_URL: ownSettings.SMTP_URL ?? `smtp://127.0.0.1:${settings.MAIL_SMTP_PORT}`,
      ...(databaseProviderOf(settings.DATABASE_URL) === "postgresql" && {
        ERASURES_FILE: ownSettings.ERASURES_FILE ?? join(folder, "erasures.jsonl"),
      }),
      // The Stripe stand-in accepts any key.
      ...(usesStandIn && { STRIPE_PUBLISHABLE_KEY: ownSettings.STRIPE_PUBLISHABLE_KEY ?? "pk_test_standin" }),
      ...(usesStandIn && { STRIPE_API_BASE: `http://127.0.0.1:${settings.STRIPE_SANDBOX_PORT}` }),
    },
    usesStandIn,
    usesInbox: !ownSettings.SMTP_URL,
  };
}

/** @param {Settings} ownSettings */
function requireStripeSettings(ownSettings) {
  if (!ownSettings.STRIPE_WEBHOOK_SECRET)
    throw new CommandError(
      "STRIPE_WEBHOOK_SECRET is missing: with a Stripe key of your own the site needs the signing secret of your webhook " +
        "endpoint (whsec_…). See docs/going-live.md.",
    );
  if (!ownSettings.STRIPE_SECRET_KEY)
    throw new CommandError("STRIPE_SECRET_KEY is missing: STRIPE_API_BASE needs one.");
}

/** Returns the stored secrets. The first start generates them. Only the owner of their file can read it. */
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
