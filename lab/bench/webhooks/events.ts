// The webhooks of single gifts, first payments of recurring ones and renewals, as the Stripe stand-in sends them. Told anew
// under other ids they are the gifts of other readers, so that a run never repeats what an earlier one recorded.
import { createHash } from "node:crypto";
import { type Bench, fillIn, giftOnce, itemOf, openBench, subscribe, until } from "stripe-sandbox/testing";
import { publication } from "../../../publication";

const SINGLE_GIFTS = 60;
const RECURRING_GIFTS = 10;
const MOST_EVENTS = 10_000;
const CHARGED_AFTER_S = 2 * 60 * 60;
const ORIGIN = { site: publication.id, article: "a_1", appeal: "standard", variant: "a", locale: "en" };
/** What only a bench causes (clocks that are turned, catalogues that are filled), and a notice without an id, which (c) cannot take. */
const NOT_OF_A_GIFT = /^(test_helpers|product|price|plan|customer\.updated|invoice\.upcoming)\b/;

/** Their bodies in the order of the events: every kind that the three stories send, also those that are of no use to the site. */
export async function makeEvents(): Promise<string[]> {
  const bench = await openBench();
  try {
    for (let n = 0; n < SINGLE_GIFTS; n++) await giveOnce(bench, nameOf("single", n));
    for (let n = 0; n < RECURRING_GIFTS; n++) await giveTwice(bench, nameOf("monthly", n));
    const events = await bench.stripe.events.list({ limit: 100 }).autoPagingToArray({ limit: MOST_EVENTS });
    const told = events.reverse().filter(({ type }) => !NOT_OF_A_GIFT.test(type));
    return told.map((event) => JSON.stringify(event));
  } finally {
    await bench.close();
  }
}

/** In the form of our own gift ids: else the site would leave what carries it alone. */
function nameOf(kind: string, n: number): string {
  return `g_${createHash("sha256").update(`${kind} ${n}`).digest("hex").slice(0, 32)}`;
}

async function giveOnce({ stripe }: Bench, gift: string): Promise<void> {
  const metadata = { ...ORIGIN, gift };
  const asked = { ...giftOnce(), metadata, payment_intent_data: { metadata } };
  await fillIn(await stripe.checkout.sessions.create(asked), { email: `${gift}@example.org` });
}

async function giveTwice(bench: Bench, gift: string): Promise<void> {
  const { subscription, clock } = await subscribe(bench, { metadata: { ...ORIGIN, gift } });
  const { testClocks } = bench.stripe.testHelpers;
  await testClocks.advance(clock.id, { frozen_time: itemOf(subscription).current_period_end + CHARGED_AFTER_S });
  await until(async () => (await testClocks.retrieve(clock.id)).status === "ready");
}

/** Stripe's ids. Those of our gifts stay: no row of a fresh ledger has one. */
const IDS = /"(?=[a-z_]*[A-Z0-9])((?:[a-z]{2,7}|cs_test)_[A-Za-z0-9]{10,})"(?!:)/g;
const TIMES = /:(1[5-9]\d{8})\b/g;
const EMAILS = /"([\w.+-]+)@([\w.-]+)"/g;

/** The same happening to other people and now: `run` is part of every id and e-mail. */
export function retell(body: string, { run, now }: { run: string; now: Date }): string {
  const { created } = JSON.parse(body) as { created: number };
  const later = Math.floor(now.getTime() / 1000) - created;
  return body
    .replace(IDS, `"$1${run}"`)
    .replace(TIMES, (_, time) => `:${Number(time) + later}`)
    .replace(EMAILS, `"$1.${run}@$2"`);
}
