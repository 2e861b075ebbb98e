import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Stripe from "stripe";
import { startSandbox } from "stripe-sandbox";
import { GIFT_PRODUCT_ID } from "../../systems/stripe/product";
import { playGiftScenario } from "./simulate-gift";
import { generateSimulatedGifts } from "./simulated-gifts";
import { siteSettingsFor } from "./site-settings";
import { withConcurrency } from "./with-concurrency";

export const STRIPE_KEY = "sk_test_torture";

export type TortureWorld = Awaited<ReturnType<typeof openTortureWorld>>;

/**
 * Starts a Stripe stand-in and plays simulated gifts there. Makes this process use that stand-in. `port`: 0 for a free
 * port.
 */
export async function openTortureWorld({
  seed,
  randomGifts,
  port = 0,
}: {
  seed: number;
  randomGifts: number;
  port?: number;
}) {
  const folder = mkdtempSync(join(tmpdir(), "appeal-world-"));
  const options = { port, statePath: join(folder, "stripe.db"), retryBaseMs: 1_000, payouts: "daily" as const };
  const { url, close } = await startSandbox(options);
  // This process also calls functions of the site, which read these settings.
  Object.assign(
    process.env,
    siteSettingsFor({ stripeKey: STRIPE_KEY, stripeUrl: url, databaseUrl: "file:/dev/null/never-opened.db" }),
  );
  const stripe = clientAt(url);
  await stripe.products.create({ id: GIFT_PRODUCT_ID, name: "Reader support" });
  const secondParts: (() => Promise<unknown>)[] = [];
  await withConcurrency(generateSimulatedGifts({ seed, randomGifts }), async (life) => {
    const secondPart = await playGiftScenario(stripe, life).catch((cause) => {
      throw new Error(`a gift with the scenario ${life.scenario} could not be played out`, { cause });
    });
    if (secondPart) secondParts.push(secondPart);
  });
  await advance(url, 33);
  await withConcurrency(secondParts, (play) => play());
  await advance(url, 40);
  const events: Stripe.Event[] = [];
  for await (const event of stripe.events.list({ limit: 100 })) events.push(event);
  return {
    ...{ url, stripe, events: events.reverse() },
    async close() {
      await close();
      rmSync(folder, { recursive: true });
    },
  };
}

function clientAt(url: string): Stripe {
  const { hostname, port } = new URL(url);
  return new Stripe(STRIPE_KEY, { host: hostname, port, protocol: "http", telemetry: false, maxNetworkRetries: 0 });
}

/** Moves the stand-in's clock: banks then decide debits, refunds arrive or fail, gifts renew, and payouts leave. */
async function advance(url: string, days: number): Promise<void> {
  const body = JSON.stringify({ key: STRIPE_KEY, days });
  const { ok, status } = await fetch(`${url}/_sandbox/advance`, { method: "POST", body });
  if (!ok) throw new Error(`the stand-in did not advance the clock: ${status}`);
}
