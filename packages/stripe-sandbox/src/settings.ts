import { parseArgs } from "node:util";
import { z } from "zod";
import { isApiKey } from "./account";
import { SETTLEMENT_CURRENCIES } from "./money";
import type { SandboxOptions } from "./sandbox";

const SETTINGS = {
  port: { variable: "STRIPE_SANDBOX_PORT", help: "port on 127.0.0.1; 0 for any that is free (4242)" },
  state: { variable: "STRIPE_SANDBOX_STATE", help: "the SQLite file (.demo/stripe.db)" },
  seed: { variable: "STRIPE_SANDBOX_SEED", help: "a word that makes ids and times repeat from run to run" },
  endpoint: { variable: "STRIPE_SANDBOX_ENDPOINT", help: "a webhook URL to register at start, for all events" },
  secret: { variable: "STRIPE_SANDBOX_ENDPOINT_SECRET", help: "that endpoint's whsec_… secret" },
  key: { variable: "STRIPE_SECRET_KEY", help: "the account that the endpoint belongs to: sk_test_…" },
  "retry-ms": { variable: "STRIPE_SANDBOX_RETRY_MS", help: "wait before a webhook's first retry; then doubled (1000)" },
  tries: { variable: "STRIPE_SANDBOX_TRIES", help: "attempts per webhook, or as-stripe (16)" },
  "timeout-ms": { variable: "STRIPE_SANDBOX_TIMEOUT_MS", help: "timeout of a webhook delivery (10000)" },
  payouts: { variable: "STRIPE_SANDBOX_PAYOUTS", help: "daily, or manual for no automatic payouts (daily)" },
  settles: {
    variable: "STRIPE_SANDBOX_SETTLES",
    help: "usd, eur, gbp or jpy: the only currency of its balance (all four)",
  },
  "event-days": {
    variable: "STRIPE_SANDBOX_EVENT_DAYS",
    help: "days for which events can be fetched; Stripe: 30 (all)",
  },
} as const;
type Setting = keyof typeof SETTINGS;
const NAMES = Object.keys(SETTINGS) as Setting[];

const settings = z.object({
  port: z.coerce.number().int().min(0).max(65_535).default(4242),
  state: z.string().min(1).default(".demo/stripe.db"),
  seed: z.string().max(100).optional(),
  endpoint: z.url().optional(),
  secret: z.string().min(1).optional(),
  key: z.string().refine(isApiKey, "sk_test_…").optional(),
  "retry-ms": z.coerce.number().int().min(1).default(1_000),
  tries: z.union([z.literal("as-stripe"), z.coerce.number().int().min(1).max(100)]).default(16),
  "timeout-ms": z.coerce.number().int().min(1).default(10_000),
  payouts: z.enum(["daily", "manual"]).default("daily"),
  settles: z.enum(SETTLEMENT_CURRENCIES).optional(),
  "event-days": z.coerce.number().int().min(1).optional(),
} satisfies Record<Setting, z.ZodType>);

export type ParsedCommand = { kind: "help"; text: string } | { kind: "start"; options: SandboxOptions };

export function parseCommand(args: string[], env: Record<string, string | undefined>): ParsedCommand {
  const options = Object.fromEntries(NAMES.map((name) => [name, { type: "string" as const }]));
  let values: Record<string, string | boolean | undefined>;
  try {
    values = parseArgs({ args, options: { ...options, help: { type: "boolean", short: "h" } } }).values;
  } catch (cause) {
    throw cannotStart([cause instanceof Error ? cause.message : String(cause)]);
  }
  if (values.help) return { kind: "help", text: helpText() };
  return { kind: "start", options: parseSettings(values, env) };
}

export function parseSettings(args: Record<string, unknown>, env: Record<string, string | undefined>): SandboxOptions {
  const entries = NAMES.map((name) => [name, args[name] ?? env[SETTINGS[name].variable]]);
  const parsed = settings.safeParse(Object.fromEntries(entries.filter(([, value]) => value !== "")));
  if (!parsed.success)
    throw cannotStart(parsed.error.issues.map(({ path, message }) => `${namesOf(path[0] as Setting)}: ${message}`));
  const { data } = parsed;
  return {
    port: data.port,
    statePath: data.state,
    seed: data.seed ?? null,
    retryBaseMs: data["retry-ms"],
    tries: data.tries,
    timeoutMs: data["timeout-ms"],
    payouts: data.payouts,
    settles: data.settles ?? null,
    eventDays: data["event-days"] ?? null,
    endpoint: endpointOf(data),
  };
}

function endpointOf({ endpoint: url, secret, key }: z.infer<typeof settings>): SandboxOptions["endpoint"] {
  if (!url) return null;
  if (!secret || !key)
    throw cannotStart([`${namesOf("endpoint")} also needs ${namesOf("secret")} and ${namesOf("key")}.`]);
  return { url, secret, key };
}

function namesOf(name: Setting): string {
  return `${SETTINGS[name].variable} (--${name})`;
}

function cannotStart(lines: string[]): Error {
  return new Error(`stripe-sandbox cannot start:\n${lines.join("\n")}`);
}

function helpText(): string {
  const lines = NAMES.map(
    (name) => `  --${name.padEnd(12)} ${SETTINGS[name].variable.padEnd(32)} ${SETTINGS[name].help}`,
  );
  return `A Stripe that runs on your laptop.

usage: stripe-sandbox [options]

${lines.join("\n")}
  --help

An option overrides its environment variable. The control pages are at http://127.0.0.1:4242/.
`;
}
