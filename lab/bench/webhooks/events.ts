// Makes the Stripe events for the benchmarks. Each run sends copies of these events with other ids, as if other readers
// gave. So it does not repeat events of an earlier run.
import { createHash } from "node:crypto";
import {
  createTestSubscription,
  firstSubscriptionItemOf,
  oneTimeGiftParams,
  openTestSandbox,
  submitCheckoutForm,
  type TestSandbox,
  waitUntil,
} from "stripe-sandbox/testing";
import { publication } from "../../../publication";

const SINGLE_GIFTS = 60;
const RECURRING_GIFTS = 10;
const MAX_EVENTS = 10_000;
const CHARGED_AFTER_S = 2 * 60 * 60;
const ORIGIN = { site: publication.id, article: "a_1", appeal: "standard", variant: "a", locale: "en" };
/**
 * Matches the types of events that createGiftEventBodies() leaves out. Most of these events are not caused by a
 * reader's gift (test clocks, products, prices). sync-engine.mjs does not accept invoice.upcoming, because its object
 * has no id.
 */
const NOT_FROM_A_GIFT = /^(test_helpers|product|price|plan|customer\.updated|invoice\.upcoming)\b/;

/**
 * Makes gifts at the Stripe stand-in, and returns the bodies of the events that the gifts cause. These include events that
 * the site ignores.
 */
export async function createGiftEventBodies(): Promise<string[]> {
  const bench = await openTestSandbox();
  try {
    for (let n = 0; n < SINGLE_GIFTS; n++) await giveOnce(bench, nameOf("single", n));
    for (let n = 0; n < RECURRING_GIFTS; n++) await giveTwice(bench, nameOf("monthly", n));
    const events = await bench.stripe.events.list({ limit: 100 }).autoPagingToArray({ limit: MAX_EVENTS });
    const ofGifts = events.reverse().filter(({ type }) => !NOT_FROM_A_GIFT.test(type));
    return ofGifts.map((event) => JSON.stringify(event));
  } finally {
    await bench.close();
  }
}

/** Returns a gift id in the site's format: the site ignores objects whose gift id has another format. */
function nameOf(kind: string, n: number): string {
  return `g_${createHash("sha256").update(`${kind} ${n}`).digest("hex").slice(0, 32)}`;
}

async function giveOnce({ stripe }: TestSandbox, gift: string): Promise<void> {
  const metadata = { ...ORIGIN, gift };
  const params = { ...oneTimeGiftParams(), metadata, payment_intent_data: { metadata } };
  await submitCheckoutForm(await stripe.checkout.sessions.create(params), { email: `${gift}@example.org` });
}

async function giveTwice(bench: TestSandbox, gift: string): Promise<void> {
  const { subscription, clock } = await createTestSubscription(bench, { metadata: { ...ORIGIN, gift } });
  const { testClocks } = bench.stripe.testHelpers;
  await testClocks.advance(clock.id, {
    frozen_time: firstSubscriptionItemOf(subscription).current_period_end + CHARGED_AFTER_S,
  });
  await waitUntil(async () => (await testClocks.retrieve(clock.id)).status === "ready");
}

/**
 * Matches Stripe's ids, which must differ in every run. Does not match the site's own gift ids, which may be the same
 * in every run.
 */
const IDS = /"(?=[a-z_]*[A-Z0-9])((?:[a-z]{2,7}|cs_test)_[A-Za-z0-9]{10,})"(?!:)/g;
const TIMES = /:(1[5-9]\d{8})\b/g;
const EMAILS = /"([\w.+-]+)@([\w.-]+)"/g;

/**
 * Returns a copy of the event as if it was created at `now`. Adds `run` to each text that is a Stripe id or an e-mail
 * address.
 */
export function copyEventForRun(body: string, { run, now }: { run: string; now: Date }): string {
  const { created } = JSON.parse(body) as { created: number };
  const later = Math.floor(now.getTime() / 1000) - created;
  return body
    .replace(IDS, `"$1${run}"`)
    .replace(TIMES, (_, time) => `:${Number(time) + later}`)
    .replace(EMAILS, `"$1.${run}@$2"`);
}
