// Where every setting comes from: the environment wins, then .env, then what the demo makes up for itself and keeps.
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as util from "node:util";
import { Stop } from "./console.mjs";
import { ROOT } from "./paths.mjs";

const PORTS = { PORT: "3000", STRIPE_SANDBOX_PORT: "4242", MAIL_PORT: "1080", MAIL_SMTP_PORT: "1025" };

/** An empty value counts as not given, as in systems/env.ts. */
function withoutEmpty(settings) {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined && value !== ""));
}

function readEnvFile(path) {
  return existsSync(path) ? withoutEmpty(util.parseEnv(readFileSync(path, "utf8"))) : {};
}

/** What the person who runs us has set. */
export function givenSettings() {
  return { ...readEnvFile(join(ROOT, ".env")), ...withoutEmpty(process.env) };
}

/** Stripe's own keys are longer than any that is made up for the stand-in; a live one is always meant for Stripe. */
export function isStripesOwnKey(key = "") {
  return /^(sk|rk)_live_/.test(key) || /^(sk|rk)_test_\w{24,}$/.test(key);
}

/**
 * Complete settings for a stack on this machine. `folder` keeps the ledger, the stand-in's books, the mail and the secrets.
 * `usesStandIn` and `usesInbox` say which of the two have to be started; with real keys or a real mail server they are not.
 */
export function stackSettings({ folder, given }) {
  const usesStandIn = !isStripesOwnKey(given.STRIPE_SECRET_KEY) && !given.STRIPE_API_BASE;
  // Gifts of a real account never lie in one ledger with made-up ones.
  const ledger = join(folder, usesStandIn ? "ledger.db" : "ledger-of-your-account.db");
  const settings = { ...PORTS, ...keptSecrets(folder), DATABASE_URL: `file:${ledger}`, ...given };
  const usesInbox = !given.SMTP_URL;
  if (!usesStandIn && !given.STRIPE_WEBHOOK_SECRET)
    throw new Stop(
      "STRIPE_WEBHOOK_SECRET is missing: with a Stripe key of your own the site needs the signing secret of your webhook " +
        "endpoint (whsec_…). See docs/going-live.md.",
    );
  if (!usesStandIn && !given.STRIPE_SECRET_KEY)
    throw new Stop("STRIPE_SECRET_KEY is missing: STRIPE_API_BASE needs one.");
  return {
    settings: {
      ...settings,
      SITE_URL: given.SITE_URL ?? `http://127.0.0.1:${settings.PORT}`,
      STAFF_EMAILS: given.STAFF_EMAILS ?? "editor@example.org",
      SMTP_URL: given.SMTP_URL ?? `smtp://127.0.0.1:${settings.MAIL_SMTP_PORT}`,
      ...(usesStandIn && { STRIPE_API_BASE: `http://127.0.0.1:${settings.STRIPE_SANDBOX_PORT}` }),
    },
    usesStandIn,
    usesInbox,
  };
}

/** Secrets made at the first start, readable by their owner only, so that a second start opens the same books. */
function keptSecrets(folder) {
  const path = join(folder, "secrets.env");
  if (!existsSync(path)) {
    const made = {
      NEXTAUTH_SECRET: randomBytes(32).toString("base64url"),
      IDENTITY_KEY: randomBytes(32).toString("base64"),
      STRIPE_SECRET_KEY: `sk_test_demo${randomBytes(6).toString("hex")}`,
      STRIPE_WEBHOOK_SECRET: `whsec_${randomBytes(24).toString("hex")}`,
    };
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const lines = Object.entries(made).map(([name, value]) => `${name}=${value}`);
    writeFileSync(path, `${lines.join("\n")}\n`, { mode: 0o600 });
  }
  chmodSync(path, 0o600);
  return readEnvFile(path);
}
