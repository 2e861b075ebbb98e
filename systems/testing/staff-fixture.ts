// For tests of pages for staff. Each request runs in its own scope, so that two colleagues can send forms at the same
// moment.

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import type Stripe from "stripe";
import {
  accountIdOf,
  advanceAccountClock,
  monthlyGiftParams,
  oneTimeGiftParams,
  postControlAction,
  submitCheckoutForm,
  TEST_API_KEY,
} from "stripe-sandbox/testing";
import { listRecurringGiftsToFetch } from "../../domain/ledger/store/recurring-gifts";
import type { Role } from "../../domain/staff-role";
import type { Payment } from "../../generated/sqlite/client";
import { openEmptyLedger } from "../../prisma/empty-ledger";
import { currentTime } from "../clock";
import type { Db } from "../database";
import { identityCrypto } from "../identity";
import { syncRecurringGift } from "../recurring-gifts";
import type { FormRoute } from "../same-origin-form";
import { makeTestGiftMetadata } from "./own-metadata";
import { recordEventsInOrder } from "./record-events";
import { runInRequestOfTestBrowser } from "./request-scope";
import { setRuntime, setRuntimeDatabase } from "./runtime";
import { signInForTests } from "./sign-in-for-tests";
import { openStandIn } from "./stand-in";
import { testEnvironmentFor } from "./stripes-books";

export type StaffFixture = Awaited<ReturnType<typeof openStaffFixture>>;
type Params = Record<string, string>;
type Fields = Record<string, string | File>;
// biome-ignore lint/suspicious/noExplicitAny: each page names its own parameters
type Page = (props: any) => Promise<ReactElement>;
// biome-ignore lint/suspicious/noExplicitAny: as for a page
type Metadata = (props: any) => Promise<{ title?: unknown }>;
type Pressed = { location: string; status: number; note: string };
type Given = { email?: string; amount?: number; currency?: string; card?: string };

export async function openStaffFixture() {
  const bench = await openStandIn();
  const folder = mkdtempSync(join(tmpdir(), "appeal-staff-"));
  const own = { STAFF_EMAILS: "root@example.org", ERASURES_FILE: join(folder, "erasures.jsonl") };
  Object.assign(process.env, testEnvironmentFor(bench), own);
  const { stripe } = bench;
  let db: Db = await openEmptyLedger();
  let lastRecorded: string | undefined;
  let gifts = 0;
  let aheadMs = 0;

  /** Empties Stripe and the ledger, and sets the site's clock to the current time. */
  async function reset(): Promise<void> {
    bench.sandbox.reset(accountIdOf(TEST_API_KEY));
    await postControlAction(bench.url, "end-faults", {});
    db = await openEmptyLedger();
    setRuntimeDatabase(db);
    [lastRecorded, gifts, aheadMs] = [undefined, 0, 0];
    setRuntime({ clockAheadMs: 0 });
  }

  async function recordNewEvents(): Promise<void> {
    const since = lastRecorded ? { ending_before: lastRecorded } : {};
    const { data } = await stripe.events.list({ limit: 100, ...since });
    lastRecorded = data[0]?.id ?? lastRecorded;
    await recordEventsInOrder(db, data.toReversed());
    for (const gift of await listRecurringGiftsToFetch(db, { now: currentTime(), limit: 100 }))
      await syncRecurringGift(db, { ...gift, changeNumber: gift.changesSeen });
  }

  async function give(options: Given = {}): Promise<Payment> {
    const { email = "anna@example.org", amount = 2_000, currency = "usd", card = "4242 4242 4242 4242" } = options;
    gifts += 1;
    const metadata = makeTestGiftMetadata(`gift ${gifts}`);
    const params = { ...oneTimeGiftParams(amount, currency), payment_intent_data: { metadata }, metadata };
    const session = await stripe.checkout.sessions.create(params);
    await submitCheckoutForm(session, { email, cardNumber: card });
    const { payment_intent } = await stripe.checkout.sessions.retrieve(session.id);
    await recordNewEvents();
    return db.payment.findUniqueOrThrow({ where: { paymentIntentId: String(payment_intent) } });
  }

  async function giveMonthly({ email = "anna@example.org" }: Given = {}) {
    gifts += 1;
    const metadata = makeTestGiftMetadata(`gift ${gifts}`);
    const params = { ...monthlyGiftParams(), subscription_data: { metadata }, metadata };
    const session = await stripe.checkout.sessions.create(params);
    await submitCheckoutForm(session, { email });
    const { subscription } = await stripe.checkout.sessions.retrieve(session.id);
    await recordNewEvents();
    const gift = await db.recurringGift.findUniqueOrThrow({ where: { subscriptionId: String(subscription) } });
    return { gift, payment: await db.payment.findFirstOrThrow({ where: { recurringGiftId: gift.id } }) };
  }

  /**
   * Signs a colleague in. `codeAgeMinutes`: how many minutes ago the colleague entered the second factor. If it is
   * undefined, the colleague has not entered a second factor. Returns the colleague's browser, which keeps the flash
   * message of the last form.
   */
  async function signedIn(email: string, { codeAgeMinutes }: { codeAgeMinutes?: number } = {}) {
    const own = {
      session: await signInForTests(db, email, codeAgeMinutes === undefined ? {} : { codeAgeMinutes }),
      note: "",
    };

    async function html(page: Page, params: Params = {}, query: Params = {}): Promise<string> {
      const props = { params: Promise.resolve(params), searchParams: Promise.resolve(query) };
      const rendered = await runInRequestOfTestBrowser({ ...own }, async () => renderToStaticMarkup(await page(props)));
      own.note = "";
      return rendered;
    }

    async function title(metadata: Metadata, params: Params = {}): Promise<string> {
      const props = { params: Promise.resolve(params), searchParams: Promise.resolve({}) };
      return runInRequestOfTestBrowser({ ...own }, async () => String((await metadata(props)).title));
    }

    async function press(route: FormRoute<never>, params: Params, fields: Fields = {}): Promise<Pressed> {
      const headers = { "sec-fetch-site": "same-origin" };
      const body = bodyOf(fields);
      const request = new Request("http://127.0.0.1:3000/", { method: "POST", headers, body });
      const sent = () => route(request, { params: Promise.resolve(params as never) });
      const answer = await runInRequestOfTestBrowser({ ...own }, sent);
      [, own.note = ""] = /^note[^=]*=([^;]*)/.exec(answer.headers.get("set-cookie") ?? "") ?? [];
      return { location: answer.headers.get("location") ?? "", status: answer.status, note: own.note };
    }

    const text = async (...asked: Parameters<typeof html>) => visibleTextOf(await html(...asked));
    return { html, text, title, press, browser: own };
  }

  async function colleague(
    name: string,
    { role = "care", codeAgeMinutes = 0 }: { role?: Role; codeAgeMinutes?: number } = {},
  ) {
    const address = identityCrypto().sealAddress(`${name}@news.example`);
    if (!address) throw new Error(`${name}@news.example is not a valid e-mail address`);
    await db.staff.create({ data: { ...address, id: `colleague-${name}`, role, since: currentTime() } });
    return signedIn(`${name}@news.example`, { codeAgeMinutes });
  }

  async function pass(seconds: number): Promise<void> {
    await advanceAccountClock(bench.sandbox, accountIdOf(TEST_API_KEY), seconds);
    aheadMs += seconds * 1000;
    setRuntime({ clockAheadMs: aheadMs });
    await recordNewEvents();
  }

  /** Advances the site's clock, but not Stripe's. */
  function wait(ms: number): void {
    aheadMs += ms;
    setRuntime({ clockAheadMs: aheadMs });
  }

  /** Makes calls to Stripe fail. `rule`: see packages/stripe-sandbox/docs/remote-control.md. */
  const fault = (rule: object) => postControlAction(bench.url, "call-faults", rule);
  const endFaults = () => postControlAction(bench.url, "end-faults", {});

  async function refundsAtStripe(payment: Payment): Promise<number[]> {
    const { data } = await stripe.refunds.list({ payment_intent: payment.paymentIntentId ?? "", limit: 100 });
    return data.filter(({ status }: Stripe.Refund) => status !== "failed").map(({ amount }: Stripe.Refund) => amount);
  }

  async function acts(): Promise<string[]> {
    return (await db.act.findMany({ orderBy: { number: "asc" } })).map(({ kind, by }) => `${kind} ${by}`);
  }

  async function close(): Promise<void> {
    setRuntime({ clockAheadMs: 0 });
    await db.$disconnect();
    await bench.close();
  }

  return {
    ...{ bench, stripe, reset, recordNewEvents, give, giveMonthly, signedIn, colleague, pass, wait, fault, endFaults },
    ...{ refundsAtStripe, acts, close, db: () => db },
  };
}

/**
 * Returns the form's fields as a request body. If a field is a file, the body is multipart, as in a browser. In both
 * cases the request sets the matching Content-Type itself.
 */
function bodyOf(fields: Fields): URLSearchParams | FormData {
  const texts = Object.entries(fields).filter((field): field is [string, string] => typeof field[1] === "string");
  if (texts.length === Object.keys(fields).length) return new URLSearchParams(texts);
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}

export function visibleTextOf(html: string): string {
  return html
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ")
    .replaceAll(/ ([.,;])/g, "$1")
    .replaceAll("&#x27;", "’")
    .replaceAll("&amp;", "&");
}

/** Returns the inputs that a browser would send if nobody changed the form. Leaves out selects and text areas. */
export function submittedInputsOf(html: string, action: string): Record<string, string> {
  const start = html.indexOf(`action="${action}"`);
  if (start < 0) throw new Error(`the page has no form for ${action}`);
  const form = html.slice(start, html.indexOf("</form>", start));
  const inputs = [...form.matchAll(/<input[^>]*>/g)].map(([input]) => input);
  return Object.fromEntries(
    inputs
      .filter((input) => !/type="(checkbox|radio)"/.test(input) || /checked=""/.test(input))
      .map((input) => [/name="([^"]*)"/.exec(input)?.[1] ?? "", /value="([^"]*)"/.exec(input)?.[1] ?? ""]),
  );
}
