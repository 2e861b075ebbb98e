// For tests: one clock drives the site and the Stripe stand-in.
import type Stripe from "stripe";
import { accountIdOf, advanceAccountClock, TEST_API_KEY } from "stripe-sandbox/testing";
import type { IntervalUnit } from "../../domain/giving/frequency";
import { listRecurringGiftsToFetch } from "../../domain/ledger/store/recurring-gifts";
import { openEmptyLedger } from "../../prisma/empty-ledger";
import { currentTime } from "../clock";
import { identityCrypto } from "../identity";
import { startTestMailServer } from "../mail/mail-server-for-tests";
import { sendDueMail } from "../mail/send-due";
import { smtpTransport } from "../mail/transport";
import { syncRecurringGift } from "../recurring-gifts";
import { makeTestGiftMetadata } from "./own-metadata";
import { recordEventsInOrder } from "./record-events";
import { setRuntime, setRuntimeDatabase } from "./runtime";
import { openStandIn } from "./stand-in";
import { testEnvironmentFor } from "./stripes-books";
import { openWriteInterceptingProxy } from "./write-intercepting-proxy";

export type RecurringGiftTestEnvironment = Awaited<ReturnType<typeof openRecurringGiftFixture>>;
export type TestGift = { id: string; subscriptionId: string; customerId: string; email: string; methodId: string };
type Begin = { card?: string; interval?: IntervalUnit; count?: number; email?: string };

export async function openRecurringGiftFixture() {
  const bench = await openStandIn();
  const proxy = await openWriteInterceptingProxy(bench.url);
  const inbox = await startTestMailServer();
  Object.assign(process.env, testEnvironmentFor(bench), { STRIPE_API_BASE: proxy.url });
  const db = await openEmptyLedger();
  setRuntimeDatabase(db);
  const product = (await bench.stripe.products.create({ name: "Reader support" })).id;
  const transport = smtpTransport({ url: inbox.url, from: "The Paper <p@news.example>", siteHost: "news.example" });
  const taken = new Set<string>();
  let gifts = 0;
  let aheadMs = 0;

  async function begin({ card = "pm_card_visa", interval = "month", count = 1, email }: Begin = {}): Promise<TestGift> {
    gifts += 1;
    const { stripe } = bench;
    const giftEmail = email ?? `supporter-${gifts}@example.org`;
    const customer = await stripe.customers.create({ email: giftEmail });
    const method = await stripe.paymentMethods.attach(card, { customer: customer.id });
    const recurring = { interval, interval_count: count };
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      default_payment_method: method.id,
      items: [{ price_data: { currency: "usd", product, unit_amount: 1_000, recurring } }],
      metadata: makeTestGiftMetadata(),
    });
    await recordEvents();
    const { id } = await db.recurringGift.findUniqueOrThrow({ where: { subscriptionId: subscription.id } });
    return { id, subscriptionId: subscription.id, customerId: customer.id, email: giftEmail, methodId: method.id };
  }

  /** Returns the events since the last call, oldest first. */
  async function newEvents(): Promise<Stripe.Event[]> {
    const events: Stripe.Event[] = [];
    for await (const event of bench.stripe.events.list({ limit: 100 })) {
      if (taken.has(event.id)) break;
      events.push(event);
    }
    for (const { id } of events) taken.add(id);
    return events.toReversed();
  }

  /** Records these events, by default those of newEvents(). */
  async function recordEvents(events?: Stripe.Event[]): Promise<void> {
    await recordEventsInOrder(db, events ?? (await newEvents()));
    for (const gift of await listRecurringGiftsToFetch(db, { now: currentTime(), limit: 100 }))
      await syncRecurringGift(db, { ...gift, changeNumber: gift.changesSeen });
    proxy.takeChanges();
  }

  async function advance(seconds: number): Promise<void> {
    await advanceAccountClock(bench.sandbox, accountIdOf(TEST_API_KEY), seconds);
    aheadMs += seconds * 1000;
    setRuntime({ clockAheadMs: aheadMs });
  }

  async function mails(): Promise<string[]> {
    await sendDueMail(db, { now: currentTime(), transport, identity: identityCrypto(), limit: 100 });
    return inbox.mails.splice(0).map(textOfMail);
  }

  async function close(): Promise<void> {
    setRuntime({ clockAheadMs: 0 });
    await db.$disconnect();
    proxy.close();
    await inbox.close();
    await bench.close();
  }

  return { bench, proxy, db, begin, newEvents, recordEvents, advance, mails, close };
}

function textOfMail(raw: string): string {
  const subject = /^Subject: (.*(?:\r\n[ \t].*)*)/m.exec(raw)?.[1] ?? "";
  const [, encoding = "", body = ""] =
    /Content-Type: text\/plain.*?Content-Transfer-Encoding: (\S+)\r\n\r\n(.*?)\r\n----_NmP/is.exec(raw) ?? [];
  return `${decodeSubject(subject)}\n${decode(body, encoding)}`;
}

function decodeSubject(text: string): string {
  const unfolded = text.replaceAll(/\r\n[ \t]/g, " ").replaceAll(/\?=\s+=\?/g, "?==?");
  return unfolded.replaceAll(/=\?UTF-8\?([QB])\?(.*?)\?=/gi, (_, how: string, word: string) =>
    how.toUpperCase() === "B"
      ? Buffer.from(word, "base64").toString("utf8")
      : decode(word.replaceAll("_", " "), "quoted-printable"),
  );
}

function decode(text: string, encoding: string): string {
  if (encoding === "base64") return Buffer.from(text, "base64").toString("utf8");
  if (encoding !== "quoted-printable") return text.replaceAll("\r\n", "\n");
  const bytes = text
    .replaceAll(/=\r?\n/g, "")
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8").replaceAll("\r\n", "\n");
}
