import { publication } from "../../../publication";
import { GIFT_PRODUCT_ID } from "../../../systems/stripe/product";
import { generateSimulatedGifts } from "../../torture/simulated-gifts";
import { openTortureWorld, STRIPE_KEY, type TortureWorld } from "../../torture/torture-world";

const LIVES = 500;
const SEED = 20_261_124;

const HISTORY = {
  key: STRIPE_KEY,
  seed: "rebuilt",
  months: 18,
  product: { id: GIFT_PRODUCT_ID, name: "Reader support" },
  currencies: [
    { currency: "usd", weight: 6, once: [1_000, 2_500, 5_000], month: [500, 1_000], year: [6_000, 12_000] },
    { currency: "eur", weight: 4, once: [1_000, 2_000, 5_000], month: [500, 1_500], year: [6_000] },
  ],
  metadata: ["a_1", "a_2", "a_3"].map((article) => ({
    ...{ site: publication.id, article, appeal: "standard", variant: "a", locale: "en" },
  })),
  giftId: { key: "gift", prefix: "g_", hexDigits: 32 },
  oncePerMonth: 60,
  monthlyStartsPerMonth: 14,
  yearlyStartsPerMonth: 3,
};

export async function openLargeStripeAccount(): Promise<TortureWorld> {
  const each = generateSimulatedGifts({ seed: SEED, randomGifts: 0 }).length;
  const world = await openTortureWorld({ seed: SEED, randomGifts: LIVES - each });
  const answer = await fetch(`${world.url}/_sandbox/history`, { method: "POST", body: JSON.stringify(HISTORY) });
  const progress = await answer.text();
  if (!answer.ok || !progress.includes('"done":true'))
    throw new Error(`the stand-in did not create the history: ${answer.status} ${progress.slice(0, 500)}`);
  return world;
}
