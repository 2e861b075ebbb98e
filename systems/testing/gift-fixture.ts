// For tests: begins a supporter's recurring gift at the stand-in and records its events. Also renders the site's pages
// and submits its forms.
import { encode } from "next-auth/jwt";
import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { startSandbox } from "stripe-sandbox";
import { accountIdOf, handleAllDueObjects, stripeClientFor, TEST_API_KEY } from "stripe-sandbox/testing";
import { listRecurringGiftsToFetch } from "../../domain/ledger/store/recurring-gifts";
import { openEmptyLedger } from "../../prisma/empty-ledger";
import { openSession } from "../auth/options";
import { currentTime } from "../clock";
import { env } from "../env";
import { identityCrypto } from "../identity";
import { syncRecurringGift } from "../recurring-gifts";
import type { FormRoute } from "../same-origin-form";
import { giftMetadata } from "../stripe/metadata";
import { recordEventsInOrder } from "./record-events";
import { setClockThatTicksOnEachRead, setRuntime, setRuntimeDatabase } from "./runtime";
import { testEnvironmentFor } from "./stripes-books";
import { openWriteInterceptingProxy, type WriteInterceptingProxy } from "./write-intercepting-proxy";

const DAY_S = 86_400;
const attribution = { article: "a_1", appeal: "standard", variant: "a", placement: "give", locale: "en" } as const;

/** The cookies of the test's browser. Pages and forms read them through `nextHeadersMock`. */
export const testBrowserCookies = { session: "", note: "" };

/** Replaces `next/headers`, whose request scope exists only inside Next's server. */
export const fixtureNextHeadersMock = {
  cookies: async () => ({ get: () => ({ value: testBrowserCookies.session }) }),
  headers: async () => new Headers(testBrowserCookies.note ? { "x-note": testBrowserCookies.note } : {}),
};

let standInUrl = "";
let proxyToStandIn: Promise<WriteInterceptingProxy> | undefined;

export type GiftFixture = Awaited<ReturnType<typeof openGiftFixture>>;
export type TestGiftIds = { id: string; subscriptionId: string; customerId: string };
type Terms = { amountMinor?: number; coveredFeeMinor?: number; interval?: "month" | "year"; count?: number };
type Page = (props: { params: Promise<{ id: string }>; searchParams: Promise<object> }) => Promise<ReactElement>;

/**
 * Opens the fixture. `siteClockAheadSeconds`: how many seconds the site's clock is ahead of Stripe's; negative if it is
 * behind.
 */
export async function openGiftFixture({
  clockStartsAt,
  siteClockAheadSeconds = 0,
}: {
  clockStartsAt: string;
  siteClockAheadSeconds?: number;
}) {
  let clock = Date.parse(clockStartsAt) / 1000;
  // Registers no webhook endpoint at the stand-in, because `recordNewEvents` fetches the events.
  const bench = await startSandbox({ now: () => clock });
  standInUrl = bench.url;
  // The site's Stripe client uses the same URL as long as the process runs. So all stand-ins are behind one proxy,
  // whose URL stays the same.
  proxyToStandIn ??= openWriteInterceptingProxy(() => standInUrl);
  const proxy = await proxyToStandIn;
  Object.assign(process.env, testEnvironmentFor(bench), { STRIPE_API_BASE: proxy.url });
  const db = await openEmptyLedger();
  setRuntimeDatabase(db);
  setClockThatTicksOnEachRead(() => (clock + siteClockAheadSeconds) * 1000);
  const stripe = stripeClientFor(bench.url, TEST_API_KEY);
  const product = (await stripe.products.create({ name: "Reader support" })).id;
  let lastRecorded: string | undefined;
  let gifts = 0;
  let signedIn = "";

  /** Begins a recurring gift, and signs its supporter in. */
  async function begin(
    { amountMinor = 1_000, coveredFeeMinor = 0, interval = "month", count = 1 }: Terms = {},
    { email = `supporter-${gifts + 1}@example.org`, card = "pm_card_visa" } = {},
  ): Promise<TestGiftIds> {
    gifts += 1;
    const customer = await stripe.customers.create({ email });
    const method = await stripe.paymentMethods.attach(card, { customer: customer.id });
    await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: method.id } });
    const giftId = `g_${String(gifts).padStart(32, "0")}`;
    const gift = { ...attribution, frequency: interval === "year" ? "yearly" : "monthly", currency: "USD" } as const;
    await db.gift.create({
      data: {
        ...{ ...gift, id: giftId, formKey: giftId, amountMinor: BigInt(amountMinor), status: "completed" },
        ...{ checkoutSessionId: `cs_test_${gifts}`, createdAt: currentTime(), expiresAt: currentTime() },
      },
    });
    const price = {
      currency: "usd",
      product,
      unit_amount: amountMinor,
      recurring: { interval, interval_count: count },
    };
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      default_payment_method: method.id,
      items: [{ price_data: price }],
      metadata: giftMetadata(giftId, {
        ...gift,
        exposure: null,
        coveredFeeMinor,
        money: { amountMinor, currency: "USD" },
      }),
    });
    await recordNewEvents();
    const { id } = await db.recurringGift.findUniqueOrThrow({ where: { subscriptionId: subscription.id } });
    await signIn(email);
    return { id, subscriptionId: subscription.id, customerId: customer.id };
  }

  async function signIn(email: string): Promise<void> {
    signedIn = email;
    const session = await openSession(db, identityCrypto().hashOf(email) ?? "");
    testBrowserCookies.session = await encode({ token: session, secret: env().NEXTAUTH_SECRET });
  }

  /** Records the new events, and fetches each changed gift. */
  async function recordNewEvents(): Promise<void> {
    const since = lastRecorded ? { ending_before: lastRecorded } : {};
    const { data: events } = await stripe.events.list({ limit: 100, ...since });
    lastRecorded = events[0]?.id ?? lastRecorded;
    await recordEventsInOrder(db, events.toReversed());
    for (const gift of await listRecurringGiftsToFetch(db, { now: currentTime(), limit: 100 }))
      await syncRecurringGift(db, { ...gift, changeNumber: gift.changesSeen });
    proxy.takeChanges();
  }

  /**
   * Advances the time day by day until `day`. On each day on which something is due, records Stripe's events at once,
   * because the site can react to them and so cause more events.
   */
  async function passUntil(day: string): Promise<void> {
    const until = Date.parse(day.length === 10 ? `${day}T23:00:00Z` : day) / 1000;
    let fetchAt = await findNextFetch();
    while (clock < until) {
      clock = Math.min(clock + DAY_S, until);
      const isDue = Boolean(bench.sandbox.store.nextDue(accountIdOf(TEST_API_KEY), null, clock));
      if (isDue) await handleAllDueObjects(bench.sandbox);
      if (!isDue && (fetchAt === null || fetchAt > currentTime())) continue;
      await recordNewEvents();
      fetchAt = await findNextFetch();
    }
    // Signs in again, because a session lasts only a month.
    if (signedIn) await signIn(signedIn);
  }

  /**
   * Returns the earliest time at which the site must fetch a recurring gift from Stripe. Only recorded events change
   * this time, so `passUntil` asks for it only after recording events.
   */
  async function findNextFetch(): Promise<Date | null> {
    return (await db.recurringGift.aggregate({ _min: { fetchAfter: true } }))._min.fetchAfter;
  }

  /** Sends a form. Returns the path to which the response redirects. */
  async function press(route: FormRoute<{ id: string }>, id: string, fields: Record<string, string> = {}) {
    const headers = { "sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded" };
    const body = new URLSearchParams(fields);
    const request = new Request("http://127.0.0.1:3000/", { method: "POST", headers, body });
    const answer = await route(request, { params: Promise.resolve({ id }) });
    if (answer.status !== 303) throw new Error(`the form was answered with ${answer.status}`);
    [, testBrowserCookies.note = ""] = /^note[^=]*=([^;]*)/.exec(answer.headers.get("set-cookie") ?? "") ?? [];
    return answer.headers.get("location") ?? "";
  }

  /** Returns the end of the gift's current period at Stripe, as the forms on the gift's page contain it. */
  async function shownOf({ id }: TestGiftIds): Promise<string> {
    return (await db.recurringGift.findUniqueOrThrow({ where: { id } })).nextPaymentAt?.toISOString() ?? "";
  }

  async function htmlOf(page: Page, id: string, query: object = {}): Promise<string> {
    const html = renderToStaticMarkup(
      await page({ params: Promise.resolve({ id }), searchParams: Promise.resolve(query) }),
    );
    testBrowserCookies.note = "";
    return html;
  }

  async function pageOf(page: Page, id: string, query: object = {}): Promise<string> {
    return (await htmlOf(page, id, query))
      .replaceAll(/<[^>]+>/g, " ")
      .replaceAll(/\s+/g, " ")
      .replaceAll(/&#x27;/g, "’");
  }

  /** Returns the day (in UTC) and the amount of each successful charge, oldest first. */
  async function chargesOf({ customerId }: TestGiftIds): Promise<string[]> {
    const { data } = await stripe.charges.list({ customer: customerId, limit: 100 });
    return data
      .filter(({ status }) => status === "succeeded")
      .map(({ amount, created }) => `${new Date(created * 1000).toISOString().slice(0, 10)} ${amount}`)
      .toReversed();
  }

  async function changesMailed({ id }: TestGiftIds): Promise<string[]> {
    const mails = await db.outboxMail.findMany({ where: { kind: "changed" }, orderBy: { queuedAt: "asc" } });
    const values = mails.map((mail) => JSON.parse(mail.values) as { recurringGiftId: string; change: string });
    return values.filter(({ recurringGiftId }) => recurringGiftId === id).map(({ change }) => change);
  }

  /** Gives the customer a new default card, as Stripe's portal does. */
  async function putCard({ customerId }: TestGiftIds, card: string): Promise<void> {
    clock += 1;
    const method = await stripe.paymentMethods.attach(card, { customer: customerId });
    await stripe.customers.update(customerId, { invoice_settings: { default_payment_method: method.id } });
  }

  async function close(): Promise<void> {
    setRuntime({ clockAheadMs: 0 });
    await db.$disconnect();
    await bench.close();
  }

  return {
    ...{
      bench,
      stripe,
      db,
      proxy,
      begin,
      signIn,
      recordNewEvents,
      passUntil,
      press,
      shownOf,
      htmlOf,
      pageOf,
      chargesOf,
    },
    ...{ changesMailed, putCard, close, now: currentTime },
  };
}
