// The settings of the site, from environment variables. A missing or invalid variable stops the start with an error
// that names it. Secrets have no default.
import { statSync } from "node:fs";
import { z } from "zod";
import { parseEmailAddress } from "../domain/email-address";

const secret = z.string().min(32, "at least 32 characters: openssl rand -base64 32");
const key = z
  .string()
  .refine((text) => Buffer.from(text, "base64").length === 32, "32 bytes in base64: openssl rand -base64 32");

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function normalisedAddress(text: string, context: z.RefinementCtx): string {
  const parsed = parseEmailAddress(text);
  if (parsed.kind === "address") return parsed.address;
  context.addIssue("e-mail addresses, with commas between them");
  return z.NEVER;
}

function isOnThisMachine(text: string): boolean {
  return ["127.0.0.1", "localhost", "[::1]"].includes(URL.parse(text)?.hostname ?? "");
}

/** Returns true for https, and for plain http on this machine. Connections to other machines must be encrypted. */
function isSafeWebhook(text: string): boolean {
  const protocol = URL.parse(text)?.protocol;
  return protocol === "https:" || (protocol === "http:" && isOnThisMachine(text));
}

const settings = z.object({
  SITE_URL: z.url({ protocol: /^https?$/ }),
  DATABASE_URL: z
    .string()
    .regex(
      /^(file:.+|postgres(ql)?:\/\/[^/]+\/[^?]+)/,
      "file:PATH of a SQLite ledger, or postgresql://user:password@host/name",
    ),
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^(sk|rk)_(test|live)_\w+$/, "sk_test_… or sk_live_…: dashboard.stripe.com/apikeys"),
  /** With this key, Stripe's form opens on the site's own payment page. Without it, readers pay on Stripe's page. */
  STRIPE_PUBLISHABLE_KEY: z
    .string()
    .regex(/^pk_(test|live)_\w+$/, "pk_test_… or pk_live_…: dashboard.stripe.com/apikeys")
    .optional(),
  STRIPE_WEBHOOK_SECRET: z.string().regex(/^whsec_\w+/, "whsec_…: dashboard.stripe.com/webhooks"),
  /** Another URL that serves Stripe's API. Only a Stripe stand-in on this machine is allowed. */
  STRIPE_API_BASE: z.url().refine(isOnThisMachine, "only a URL on this machine").optional(),
  /**
   * How long the site waits for one response of Stripe. At most eight seconds, so that a reader gets a response from
   * the site within ten seconds.
   */
  STRIPE_TIMEOUT_MS: z.coerce.number().int().min(50).max(8_000).default(8_000),
  /**
   * `follow`: the site uses the stand-in's clock. `own`: it keeps the machine's time, for tests that move only the
   * stand-in's clock.
   */
  STRIPE_API_CLOCK: z.enum(["follow", "own"]).default("follow"),
  /** How long the first daily books check waits after the start. */
  BOOKS_CHECK_WAIT_MINUTES: z.coerce.number().int().min(0).max(1_440).default(10),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }),
  MAIL_FROM: z.string().min(3).optional(),
  NEXTAUTH_SECRET: secret,
  IDENTITY_KEY: key,
  /**
   * The key that encrypts backups. Only `npm run backup`, `npm run restore` and `npm run log:check` use it. Its format
   * is checked at every start of the site.
   */
  BACKUP_KEY: key.optional(),
  /**
   * The path of the list of erased supporters, outside the ledger. By default it is beside a SQLite ledger; PostgreSQL
   * requires the setting.
   */
  ERASURES_FILE: z.string().optional(),
  /** A secret, because anybody who has this URL can write to the newsroom's chat. */
  CHAT_WEBHOOK_URL: z
    .url()
    .refine(isSafeWebhook, "https://…, as Slack or Mattermost gives it, or http:// on this machine")
    .optional(),
  /**
   * The folder with the articles. Set this if a new build must not replace the articles, or if several servers share
   * them.
   */
  ARTICLES_FOLDER: z.string().refine(isFolder, "a folder that the site can read").optional(),
  STAFF_EMAILS: z
    .string()
    .default("")
    .transform((list) => list.split(/[\s,]+/).filter(Boolean))
    .pipe(z.array(z.string().transform(normalisedAddress))),
  /** `high`: a person can be in danger if it becomes known that they are a supporter. */
  OUTLET_RISK: z.enum(["standard", "high"]).default("standard"),
  /**
   * The number of the newsroom's proxies in front of the site. With two proxies, for example, the client's IP address
   * is the second from the right in X-Forwarded-For.
   */
  TRUSTED_PROXY_HOPS: z.coerce.number().int().min(0).max(9).default(0),
});

export type Env = z.infer<typeof settings>;

/** Returns the settings. Throws an error that names the missing and the invalid variables. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const values = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = settings.safeParse(values);
  const lines = (parsed.error?.issues ?? []).map((issue) => {
    const name = String(issue.path[0]);
    return values[name] === undefined ? `${name} is missing (see .env.example)` : `${name} is wrong: ${issue.message}`;
  });
  if (isOnServer(values.DATABASE_URL) && values.ERASURES_FILE === undefined) lines.push(NO_ERASURES_FILE);
  if (parsed.data && !areOfOneMode(parsed.data)) lines.push(MIXED_MODES);
  if (!parsed.success || lines.length > 0) throw new Error(`settings: ${lines.join("; ")}`);
  return parsed.data;
}

const MIXED_MODES =
  "STRIPE_PUBLISHABLE_KEY is wrong: of STRIPE_SECRET_KEY and this key, one is for live mode and one for tests";

function areOfOneMode({ STRIPE_PUBLISHABLE_KEY: publishable, STRIPE_SECRET_KEY: secret }: Env): boolean {
  const modeOf = (key: string) => key.split("_")[1];
  return publishable === undefined || modeOf(publishable) === modeOf(secret);
}

/**
 * The error if ERASURES_FILE is missing with PostgreSQL. On SQLite, the list of erased supporters is stored beside the
 * ledger's file by default. PostgreSQL has no such file, and the site's own folder can disappear with its container.
 */
const NO_ERASURES_FILE =
  "ERASURES_FILE is missing: with PostgreSQL, name a file on a disk that outlives the server (see .env.example)";

function isOnServer(databaseUrl: string | undefined): boolean {
  return databaseUrl !== undefined && /^postgres(ql)?:/.test(databaseUrl);
}

let parsed: Env | undefined;

export function env(): Env {
  parsed ??= parseEnv(process.env);
  return parsed;
}

/**
 * Returns the site's public URL. Reads SITE_URL without checking the other variables, because the build needs the URL
 * and must work without them.
 */
export function siteUrl(): string {
  return (process.env.SITE_URL ?? "http://localhost:3000").replace(/\/+$/, "");
}

export function isLiveMode(): boolean {
  return /^(sk|rk)_live_/.test(env().STRIPE_SECRET_KEY);
}
