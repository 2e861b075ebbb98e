// Settings from the environment, checked at start.
import { z } from "zod";
import type { SandboxOptions } from "./sandbox";

const settings = z.object({
  STRIPE_SANDBOX_PORT: z.coerce.number().int().min(0).max(65_535).default(4242),
  STRIPE_SANDBOX_STATE: z.string().min(1).default(".demo/stripe.db"),
  STRIPE_SANDBOX_RETRY_MS: z.coerce.number().int().min(1).default(1_000),
  STRIPE_SANDBOX_ENDPOINT: z.url().optional(),
  STRIPE_SANDBOX_ENDPOINT_SECRET: z.string().min(1).optional(),
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^(sk|rk)_(test|live)_\w+$/, "sk_test_…")
    .optional(),
});

export function readSettings(env: Record<string, string | undefined>): SandboxOptions {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const parsed = settings.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
    throw new Error(`stripe-sandbox cannot start:\n${lines.join("\n")}`);
  }
  const { data } = parsed;
  return {
    port: data.STRIPE_SANDBOX_PORT,
    statePath: data.STRIPE_SANDBOX_STATE,
    retryBaseMs: data.STRIPE_SANDBOX_RETRY_MS,
    endpoint: endpointOf(data),
  };
}

function endpointOf(data: z.infer<typeof settings>): SandboxOptions["endpoint"] {
  const { STRIPE_SANDBOX_ENDPOINT: url, STRIPE_SANDBOX_ENDPOINT_SECRET: secret, STRIPE_SECRET_KEY: key } = data;
  if (!url) return null;
  if (!secret || !key)
    throw new Error(
      "stripe-sandbox cannot start: STRIPE_SANDBOX_ENDPOINT also needs STRIPE_SANDBOX_ENDPOINT_SECRET and STRIPE_SECRET_KEY.",
    );
  return { url, secret, key };
}
