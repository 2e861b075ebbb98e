import { tmpdir } from "node:os";
import { join } from "node:path";

export const WEBHOOK_SECRET = "whsec_of_the_torture";

export function siteSettingsFor({
  stripeKey,
  stripeUrl,
  databaseUrl,
}: {
  stripeKey: string;
  stripeUrl: string;
  databaseUrl: string;
}) {
  return {
    SITE_URL: "http://127.0.0.1:3000",
    DATABASE_URL: databaseUrl,
    // A PostgreSQL ledger has no folder for the list of erasures, so the list gets a temporary file.
    ...(databaseUrl.startsWith("postgres") && { ERASURES_FILE: join(tmpdir(), "appeal-lab-erasures.jsonl") }),
    STRIPE_SECRET_KEY: stripeKey,
    STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
    STRIPE_API_BASE: stripeUrl,
    STRIPE_API_CLOCK: "own",
    SMTP_URL: "smtp://127.0.0.1:9",
    NEXTAUTH_SECRET: "x".repeat(32),
    IDENTITY_KEY: Buffer.alloc(32, 1).toString("base64"),
  };
}
