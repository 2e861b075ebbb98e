import { HeadManagerContext } from "next/dist/shared/lib/head-manager-context.shared-runtime";
import { createElement, Fragment, type ReactElement, type ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { submitCheckoutForm } from "stripe-sandbox/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openStandIn, type StandIn } from "@/systems/testing/stand-in";
import type { CheckoutSessionOpener } from "../../../domain/giving/checkout";
import { switchGiftToHostedCheckout } from "../../../domain/giving/payment-page";
import { openEmptyLedger } from "../../../prisma/empty-ledger";
import { publication } from "../../../publication";
import { currentTime } from "../../../systems/clock";
import { listArticles } from "../../../systems/content";
import type { Db } from "../../../systems/database";
import { env } from "../../../systems/env";
import { newFormToken } from "../../../systems/giving/form-token";
import { DEFAULT_HEADERS, paymentPageHeaders } from "../../../systems/http/headers.mjs";
import { checkoutCloser, checkoutOpener } from "../../../systems/stripe/checkout";
import { recordEventsInOrder } from "../../../systems/testing/record-events";
import { setRuntimeDatabase } from "../../../systems/testing/runtime";
import { testEnvironmentFor } from "../../../systems/testing/stripes-books";
import { POST as start } from "../start/route";
import { POST as move } from "./hosted/route";

let bench: StandIn;
let db: Db;
let token: string;

beforeAll(async () => {
  bench = await openStandIn();
  Object.assign(process.env, testEnvironmentFor(bench), { STRIPE_PUBLISHABLE_KEY: "pk_test_bench" });
  db = await openEmptyLedger();
  setRuntimeDatabase(db);
});
beforeEach(() => {
  Object.assign(env(), { OUTLET_RISK: "standard", STRIPE_PUBLISHABLE_KEY: "pk_test_bench" });
  token = newFormToken(new Date(Date.now() - 2_000));
});
afterAll(async () => {
  await db.$disconnect();
  await bench.close();
});

async function post(route: typeof start, path: string, fields: Record<string, string>): Promise<string> {
  const headers = { "sec-fetch-site": "same-origin" };
  const request = new Request(`http://127.0.0.1:3000${path}`, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers,
  });
  const answer = await route(request, { params: Promise.resolve({}) });
  expect(answer.status).toBe(303);
  return answer.headers.get("location") ?? "";
}

const give = (more: Record<string, string> = {}) =>
  post(start, "/give/start", {
    ...{
      form: token,
      every: "once",
      currency: "USD",
      amount: "20",
      placement: "banner",
      from: "/articles/some-article",
    },
    ...more,
  });
const pressHosted = (giftId: string) => post(move, "/give/pay/hosted", { gift: giftId });
const giftIn = (address: string) => /gift=(g_[0-9a-f]{32})/.exec(address)?.[1] ?? "";
const sessionIn = (address: string) => /cs_test_\w+/.exec(address)?.[0] ?? "";
const rowOf = (id: string) => db.gift.findUniqueOrThrow({ where: { id } });

async function openPage(giftId: string) {
  const headers: Record<string, string> = {};
  const { getServerSideProps } = await import("../../../pages/give/pay");
  const res = { setHeader: (name: string, value: string) => Object.assign(headers, { [name]: value }) };
  const answer = await getServerSideProps({ query: { gift: giftId }, res } as never);
  const props = "props" in answer ? await answer.props : null;
  return { props, headers, leadsTo: "redirect" in answer ? answer.redirect.destination : null };
}

/** Renders a page like Next, which renders the contents of `Head` elements separately from the body. */
function renderWithHead(page: ReactElement): { page: string; head: string } {
  let tags: ReactNode = null;
  const updateHead = (found: ReactNode) => {
    tags = found;
  };
  const value = { updateHead, mountedInstances: new Set() };
  return {
    page: renderToStaticMarkup(createElement(HeadManagerContext.Provider, { value }, page)),
    head: renderToStaticMarkup(createElement(Fragment, null, tags)),
  };
}

async function pay(sessionId: string): Promise<void> {
  const session = await bench.stripe.checkout.sessions.retrieve(sessionId);
  await submitCheckoutForm({ ...session, url: `${bench.url}/c/pay/${sessionId}` });
}

test("with JavaScript the gift form opens Stripe's form on our page, with a way back to the article", async () => {
  const address = await give();
  expect(address).toMatch(/^\/give\/pay\?gift=g_[0-9a-f]{32}#back$/);
  expect(await give(), "sent again").toBe(address);
  const { props } = await openPage(giftIn(address));
  const { checkoutSessionId, checkoutSecret } = await rowOf(giftIn(address));
  const session = await bench.stripe.checkout.sessions.retrieve(checkoutSessionId ?? "");
  expect(session).toMatchObject({ ui_mode: "embedded_page", client_secret: checkoutSecret, amount_total: 2_000 });
  expect(session.return_url).toBe("http://127.0.0.1:3000/thank-you?session={CHECKOUT_SESSION_ID}");
  expect(props?.stripeForm).toEqual({
    ...{ clientSecret: checkoutSecret, publishableKey: "pk_test_bench", script: `${bench.url}/stripe.js` },
  });
  expect(await give({ from: "/give", amount: "21" }), "from another page").toMatch(/gift=g_[0-9a-f]{32}$/);
});

test.each([
  ["without JavaScript", { from: "" }, {}],
  ["under high risk", {}, { OUTLET_RISK: "high" }],
  ["without a publishable key", {}, { STRIPE_PUBLISHABLE_KEY: undefined }],
])("leads to Stripe's own page %s", async (_, fields, settings) => {
  Object.assign(env(), settings);
  const address = await give(fields);
  expect(address).toMatch(`${bench.url}/c/pay/cs_test_`);
  const row = await db.gift.findUniqueOrThrow({ where: { checkoutSessionId: sessionIn(address) } });
  expect(await openPage(row.id)).toMatchObject({ props: null, leadsTo: null });
});

test("loads no script of Stripe's if the risk became high after the gift began", async () => {
  const giftId = giftIn(await give());
  env().OUTLET_RISK = "high";
  expect((await openPage(giftId)).props).toMatchObject({ stripeForm: null });
});

test("offers a smaller monthly gift to those who give once, with everything else as they chose it", async () => {
  const chosen = { article: "a_00000001", appeal: "winter", variant: "b" };
  const { props } = await openPage(giftIn(await give({ ...chosen, currency: "EUR" })));
  const { money, formPath } = props?.monthlyOffer ?? {};
  expect(money).toEqual({ amountMinor: 500, currency: "EUR" });
  expect(formPath).toBe(
    "/give?every=month&currency=EUR&amount=5.00&article=a_00000001&placement=banner&appeal=winter&variant=b",
  );
});

test("the offered monthly gift covers its card fee if the single one does, and asks for the amount without it", async () => {
  // The monthly offer is at most a third of the amount without the covered fee. A third of $59 is less than $20, so the
  // site offers $10. With the fee included, a third would exceed $20, and the offer would be wrong.
  const covering = await openPage(giftIn(await give({ amount: "59", cover: "fee" })));
  expect(covering.props?.gift).toMatchObject({ money: { amountMinor: 6_108 }, coveredFeeMinor: 208 });
  const { money, formPath } = covering.props?.monthlyOffer ?? {};
  expect(money).toEqual({ amountMinor: 1_000, currency: "USD" });
  expect(formPath).toBe("/give?every=month&currency=USD&amount=10.00&cover=fee&placement=banner");
  token = newFormToken(new Date(Date.now() - 2_000));
  const without = await openPage(giftIn(await give({ amount: "59" })));
  expect(without.props?.monthlyOffer?.formPath).toBe("/give?every=month&currency=USD&amount=10.00&placement=banner");
  const query = Object.fromEntries(new URL(formPath ?? "", "http://127.0.0.1:3000").searchParams);
  token = newFormToken(new Date(Date.now() - 2_000));
  const monthly = await rowOf(giftIn(await give(query)));
  expect([monthly.frequency, monthly.amountMinor, monthly.coveredFeeMinor]).toEqual(["monthly", 1_061n, 61n]);
});

test("offers no monthly gift to those who already give monthly, and none under high risk", async () => {
  const giftId = giftIn(await give());
  Object.assign(env(), { OUTLET_RISK: "high" });
  expect((await openPage(giftId)).props?.monthlyOffer).toBeNull();
  Object.assign(env(), { OUTLET_RISK: "standard" });
  token = newFormToken(new Date(Date.now() - 2_000));
  const monthly = await openPage(giftIn(await give({ every: "month" })));
  expect(monthly.props).toMatchObject({ monthlyOffer: null, gift: { frequency: "monthly" } });
});

test("the page has the headers of every page, loosened only for Stripe", async () => {
  const { headers } = await openPage(giftIn(await give()));
  expect(headers["Content-Security-Policy"]).toContain(`script-src 'self' ${bench.url};`);
  const strict = new Map(DEFAULT_HEADERS.map(({ key, value }) => [key, value]));
  const partsOf = (text = "", between: string) => text.split(between).map((part) => part.trim());
  const loosened = new Map(paymentPageHeaders(undefined).map(({ key, value }) => [key, value]));
  const differing = (name: string, between: string) =>
    partsOf(loosened.get(name), between).filter((part) => !partsOf(strict.get(name), between).includes(part));
  expect(differing("Content-Security-Policy", ";")).toEqual([
    "script-src 'self' https://js.stripe.com https://*.js.stripe.com",
    "img-src 'self' https://*.stripe.com data:",
    "connect-src 'self' https://api.stripe.com https://checkout.stripe.com",
    "frame-src https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com https://checkout.stripe.com",
  ]);
  expect(differing("Permissions-Policy", ",")).toEqual([
    'payment=(self "https://js.stripe.com" "https://checkout.stripe.com")',
  ]);
  expect([...loosened.keys()].sort()).toEqual([
    ...["Content-Security-Policy", "Cross-Origin-Opener-Policy", "Permissions-Policy"],
  ]);
});

test("the head of the page, which Stripe's script can read, names neither the newsroom nor the article", async () => {
  const { id, headline } = listArticles()[0] ?? { id: "", headline: "" };
  const { props } = await openPage(giftIn(await give({ article: id })));
  expect(props?.articlePath).not.toBeNull();
  const { default: Pay } = await import("../../../pages/give/pay");
  const { default: Document } = await import("../../../pages/_document");
  if (!props) throw new Error("no payment page");
  const { page, head } = renderWithHead(createElement(Pay, props));
  const nextData = { page: "/give/pay", props: { pageProps: props } };
  const documentHead = JSON.stringify(Document({ forScript: {}, __NEXT_DATA__: nextData } as never).props.children[0]);
  expect(head).toContain("<title>Payment</title>");
  expect(head).toContain('<meta name="robots" content="noindex"/>');
  expect(documentHead).toContain("/icon.svg");
  for (const shown of [head, documentHead])
    for (const name of [publication.name, headline, id, "property=", "127.0.0.1:3000"])
      expect(shown).not.toContain(name);
  expect(page, "the reader still sees where they are").toContain(publication.name);
});

test("moving to Stripe's page closes the first Checkout, however often and whenever the button is pressed", async () => {
  const giftId = giftIn(await give());
  const { checkoutSessionId: first } = await rowOf(giftId);
  const addresses = await Promise.all([pressHosted(giftId), pressHosted(giftId)]);
  addresses.push(await pressHosted(giftId));
  expect(new Set(addresses).size).toBe(1);
  expect(addresses[0]).toMatch(`${bench.url}/c/pay/cs_test_`);
  const open = (await bench.stripe.checkout.sessions.list({ status: "open" })).data;
  expect(open.filter(({ client_reference_id }) => client_reference_id === giftId)).toHaveLength(1);
  expect((await bench.stripe.checkout.sessions.retrieve(first ?? "")).status).toBe("expired");
  expect((await openPage(giftId)).props, "the way back from Stripe's page").toMatchObject({ stripeForm: null });
  expect(await give(), "the form sent again").toBe(addresses[0]);

  await recordEventsInOrder(db, (await bench.stripe.events.list({ limit: 100 })).data);
  expect((await rowOf(giftId)).status, "after the first Checkout's end was reported").toBe("open");
  await pay(sessionIn(addresses[0] ?? ""));
  await recordEventsInOrder(db, (await bench.stripe.events.list({ limit: 100 })).data);
  expect(await rowOf(giftId)).toMatchObject({ status: "completed" });
  expect(await db.payment.count({ where: { giftId } })).toBe(1);
});

test("opens one Checkout on Stripe's page, even if Stripe's first answer was lost", async () => {
  const giftId = giftIn(await give());
  const openCheckout: CheckoutSessionOpener = async (call) => {
    await checkoutOpener(bench.stripe)(call);
    throw new Error("lost");
  };
  const waitBefore = () => Promise.resolve({ kind: "none" as const });
  const calls = { closeCheckout: checkoutCloser(bench.stripe), openCheckout, waitBefore };
  await expect(switchGiftToHostedCheckout(db, { giftId, now: currentTime(), ...calls })).rejects.toThrow("lost");
  await recordEventsInOrder(db, (await bench.stripe.events.list({ limit: 100 })).data);
  const address = await pressHosted(giftId);
  const open = (await bench.stripe.checkout.sessions.list({ status: "open" })).data;
  expect(open.filter(({ client_reference_id }) => client_reference_id === giftId)).toMatchObject([{ url: address }]);
});

test("opens Stripe's page for its full time, even if the form on our page was open for an hour", async () => {
  const giftId = giftIn(await give());
  const soon = new Date(Date.now() + 10 * 60_000);
  await db.gift.update({ where: { id: giftId }, data: { expiresAt: soon } });
  const address = await pressHosted(giftId);
  expect(address).toMatch(`${bench.url}/c/pay/cs_test_`);
  const { expires_at } = await bench.stripe.checkout.sessions.retrieve(sessionIn(address));
  expect(expires_at * 1000).toBeGreaterThan(soon.getTime() + 10 * 60_000);
});

test("a paid gift leads to its thank-you page, from the button and from the page's address", async () => {
  const giftId = giftIn(await give());
  const { checkoutSessionId } = await rowOf(giftId);
  await pay(checkoutSessionId ?? "");
  const thanks = `/thank-you?session=${checkoutSessionId}`;
  expect(await pressHosted(giftId), "before Stripe's report").toBe(thanks);
  await recordEventsInOrder(db, (await bench.stripe.events.list({ limit: 100 })).data);
  expect(await pressHosted(giftId)).toBe(thanks);
  expect((await rowOf(giftId)).checkoutSecret).toBeNull();
  expect((await openPage(giftId)).leadsTo).toBe(thanks);
  expect(await give(), "the form sent again").toBe(thanks);
});

test("a closed Checkout leads back to the filled-in form, and a made-up gift to an empty one", async () => {
  const giftId = giftIn(await give());
  const { checkoutSessionId } = await rowOf(giftId);
  await bench.stripe.checkout.sessions.expire(checkoutSessionId ?? "");
  await recordEventsInOrder(db, (await bench.stripe.events.list({ limit: 100 })).data);
  const form = "/give?every=once&currency=USD&amount=20.00&placement=banner";
  expect((await openPage(giftId)).leadsTo).toBe(form);
  expect(await pressHosted(giftId)).toBe(form);
  expect(await pressHosted("g_made_up")).toBe("/give");
  expect(await openPage("g_made_up")).toMatchObject({ props: null, leadsTo: null });
});

test("leads to the filled-in form, which says that the outcome is unsure, if Stripe does not answer", async () => {
  const giftId = giftIn(await give());
  await bench.close();
  const address = await pressHosted(giftId);
  expect(address).toMatch(
    /^\/give\?every=once&currency=USD&amount=20\.00&placement=banner&signature=.*&problem=unsure$/,
  );
});
