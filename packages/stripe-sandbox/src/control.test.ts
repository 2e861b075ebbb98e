import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accountIdOf } from "./account";
import {
  CONFIRM_WITHOUT_REDIRECT_PARAMS,
  monthlyGiftParams,
  oneTimeGiftParams,
  openTestSandbox,
  submitCheckoutForm,
  TEST_API_KEY,
  type TestSandbox,
  waitUntil,
} from "./testing/test-sandbox";

let bench: TestSandbox;
beforeAll(async () => {
  bench = await openTestSandbox();
});
afterAll(() => bench.close());

/**
 * Returns the status of a request with these headers. Uses node:http, because fetch does not let the caller set Host.
 */
function statusFor(path: string, headers: Record<string, string>, method = "GET"): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(bench.url + path, { method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on("error", reject)
      .end();
  });
}

test("the stand-in reports that it is healthy", async () => {
  expect(await (await fetch(`${bench.url}/_sandbox/health`)).json()).toEqual({ ok: true });
});

test("the time of an account can be advanced, and is returned only to a request with an API key", async () => {
  const clock = async (key: string) => {
    const answer = await fetch(`${bench.url}/_sandbox/clock`, { headers: { authorization: `Bearer ${key}` } });
    return { status: answer.status, ...((await answer.json()) as { now?: number }) };
  };
  const before = await clock("sk_test_clock");
  await fetch(`${bench.url}/_sandbox/advance`, {
    method: "POST",
    body: JSON.stringify({ key: "sk_test_clock", days: 2 }),
  });
  const after = await clock("sk_test_clock");
  expect((after.now ?? 0) - (before.now ?? 0)).toBeGreaterThanOrEqual(2 * 86_400);
  expect(await clock("nobody")).toMatchObject({ status: 401 });
});

test("a customer's page links to the subscription, the card and the portal", async () => {
  const { stripe, url } = bench;
  const session = await stripe.checkout.sessions.create(monthlyGiftParams());
  await submitCheckoutForm(session);
  const done = await stripe.checkout.sessions.retrieve(session.id);
  const home = `${url}/accounts/${accountIdOf(TEST_API_KEY)}/objects`;
  const page = await (await fetch(`${home}/${done.customer}`)).text();
  expect(page).toContain(`href="/accounts/${accountIdOf(TEST_API_KEY)}/objects/${done.subscription}"`);
  expect(page).toMatch(/objects\/pm_\w+/);
  const body = new URLSearchParams({ account: accountIdOf(TEST_API_KEY), customer: String(done.customer), back: "/" });
  const portal = await fetch(`${url}/_sandbox/open-portal`, { method: "POST", body, redirect: "manual" });
  expect(portal.status).toBe(303);
  expect((await fetch(portal.headers.get("location") ?? "")).status).toBe(200);
  const ofSubscription = await (await fetch(`${home}/${done.subscription}`)).text();
  expect(ofSubscription).toContain("Make the next renewal fail");
  expect(ofSubscription).toContain(`objects/${done.customer}"`);
});

describe("the control pages", () => {
  const read = async (path: string) => {
    const response = await fetch(bench.url + path);
    return { status: response.status, text: await response.text() };
  };
  const post = async (action: string, fields: Record<string, string>) => {
    const body = new URLSearchParams({ account: accountIdOf(TEST_API_KEY), ...fields });
    const response = await fetch(`${bench.url}/_sandbox/${action}`, { method: "POST", body, redirect: "manual" });
    return { status: response.status, to: response.headers.get("location"), text: await response.text() };
  };
  const home = `/accounts/${accountIdOf(TEST_API_KEY)}`;

  test("the control pages link from the accounts to every object, its JSON and its events, and never show a key", async () => {
    await submitCheckoutForm(await bench.stripe.checkout.sessions.create(monthlyGiftParams()));
    const [subscription] = (await bench.stripe.subscriptions.list()).data;
    const start = await read("/");
    expect(start.text).toContain(`href="${home}"`);
    expect(start.text).not.toContain(TEST_API_KEY);
    const account = await read(home);
    for (const texts of ["checkout.session", "payment intent", "checkout.session.completed", "delivered"])
      expect(account.text).toContain(texts);
    expect((await read(`${home}/objects?kind=subscription`)).text).toContain(subscription?.id);
    for (const path of [`${home}/objects/${subscription?.id}`, `${home}/objects?id=${subscription?.id}`])
      expect((await read(path)).text).toContain("customer.subscription.created");
    for (const path of [`${home}/objects/sub_none`, "/accounts/acct_none", `${home}/objects/a/b`])
      expect((await read(path)).status, path).toBe(404);
  });

  test("the control pages page through a long list", async () => {
    for (let index = 0; index < 52; index += 1) await bench.stripe.products.create({ name: `P${index}` });
    const first = (await read(`${home}/objects?kind=product`)).text;
    const older = /href="([^"]+before=[^"]+)"/.exec(first)?.[1]?.replaceAll("&#38;", "&") ?? "";
    const second = (await read(older)).text;
    expect(first).toContain("P51");
    expect(first).not.toContain(">P0<");
    expect(second).toContain(">P0<");
    const events = (await read(`${home}/events?type=product.*`)).text;
    expect(events).toContain('rel="next"');
    expect(events).not.toContain("checkout.session.completed");
  });

  test("a form advances time, and the page confirms it", async () => {
    const { current_period_end: end } = (await bench.stripe.subscriptions.list()).data[0]?.items.data[0] ?? {};
    const moved = await post("advance", { by: "next-renewal", back: home });
    expect(moved).toMatchObject({ status: 303, to: `${home}?done=advance` });
    expect((await read(moved.to ?? "")).text).toContain("Time has advanced.");
    const [invoice] = (await bench.stripe.invoices.list()).data;
    expect(invoice).toMatchObject({ billing_reason: "subscription_cycle", status: "paid" });
    expect(bench.sandbox.account(accountIdOf(TEST_API_KEY)).now()).toBeGreaterThan(end ?? 0);
  });

  test("forms make the next renewal fail, and let the bank replace a card", async () => {
    const [subscription] = (await bench.stripe.subscriptions.list()).data;
    const id = subscription?.id ?? "";
    expect((await post("fail-next-renewal", { subscription: id, back: home })).status).toBe(303);
    await post("advance", { by: "next-renewal", back: home });
    expect((await bench.stripe.subscriptions.retrieve(id)).status).toBe("past_due");
    const method = String(subscription?.default_payment_method);
    const before = await bench.stripe.paymentMethods.retrieve(method);
    expect((await post("replace-card", { payment_method: method, back: home })).status).toBe(303);
    const after = await bench.stripe.paymentMethods.retrieve(method);
    expect(after.card?.last4).not.toBe(before.card?.last4);
    expect(after.card?.exp_year).toBeGreaterThan(before.card?.exp_year ?? 0);
    const [event] = (await bench.stripe.events.list({ type: "payment_method.automatically_updated" })).data;
    expect(event?.data.previous_attributes).toMatchObject({ card: { last4: before.card?.last4 } });
  });

  test("forms refund a part, dispute the rest and win the dispute, each from the object's page", async () => {
    await submitCheckoutForm(await bench.stripe.checkout.sessions.create(oneTimeGiftParams()));
    const [paid] = (await bench.stripe.charges.list()).data;
    const charge = paid?.id ?? "";
    for (const texts of ["Refund", "Dispute"]) expect((await read(`${home}/objects/${charge}`)).text).toContain(texts);
    expect((await post("refund", { charge, "amount:number": "5", back: home })).status).toBe(303);
    expect((await post("dispute", { charge, reason: "fraudulent", back: home })).status).toBe(303);
    const [refunded] = (await bench.stripe.balanceTransactions.list({ type: "refund" })).data;
    expect(refunded).toMatchObject({ amount: -5 });
    expect((await read(`${home}/objects?kind=balance_transaction`)).text).toContain("-$0.05");
    const [dispute] = (await bench.stripe.disputes.list()).data;
    expect(dispute).toMatchObject({ charge, amount: 1_995, status: "needs_response" });
    const page = await read(`${home}/objects/${dispute?.id}`);
    expect(page.text).toContain("Lose the dispute");
    await post("close-dispute", { dispute: dispute?.id ?? "", verdict: "won", back: home });
    expect((await bench.stripe.disputes.retrieve(dispute?.id ?? "")).status).toBe("won");
    expect((await read(`${home}/objects/${dispute?.id}`)).text).not.toContain("Lose the dispute");
    expect((await bench.stripe.charges.retrieve(charge)).amount_refunded).toBe(5);
  });

  test("a form on the stand-in's page of a payment settles or bounces its pending debit", async () => {
    const { stripe } = bench;
    const outcomes = { settle: "succeeded", bounce: "failed" };
    for (const [decision, status] of Object.entries(outcomes)) {
      const intent = await stripe.paymentIntents.create({
        amount: 2_000,
        currency: "eur",
        ...CONFIRM_WITHOUT_REDIRECT_PARAMS,
        payment_method_data: {
          type: "sepa_debit",
          sepa_debit: { iban: "DE89370400440532013000" },
          billing_details: { name: "Rosa Reader", email: "rosa@example.org" },
        },
        mandate_data: { customer_acceptance: { type: "offline" } },
      });
      const charge = String(intent.latest_charge);
      expect((await read(`${home}/objects/${intent.id}`)).text).toContain("Bounce the debit");
      expect((await post("decide-debit", { charge, decision, back: home })).status).toBe(303);
      expect((await stripe.charges.retrieve(charge)).status).toBe(status);
      expect((await post("decide-debit", { charge, decision, back: home })).status).toBe(400);
    }
  });

  test("forms switch faults on and off, and resend an event", async () => {
    const fault = { does: "drop", "events:list": "product.*, price.*", "times:number": "1", back: `${home}/faults` };
    expect((await post("delivery-faults", fault)).status).toBe(303);
    expect((await read(`${home}/faults`)).text).toContain("product.*");
    expect((await post("end-faults", { back: `${home}/faults` })).status).toBe(303);
    expect((await read(`${home}/faults`)).text).not.toContain("product.*");
    const [event] = (await bench.stripe.events.list({ limit: 1 })).data;
    bench.received.length = 0;
    expect((await post("resend", { event: event?.id ?? "", back: home })).status).toBe(303);
    await waitUntil(() => bench.received.some((each) => each.event.id === event?.id));
  });

  test("a refused action is explained, and the link back never leads to another site", async () => {
    const refused = await post("fail-next-renewal", { subscription: "sub_none", back: home });
    expect(refused.status).toBe(404);
    expect(refused.text).toContain("No such subscription");
    expect(refused.text).toContain(`href="${home}"`);
    for (const back of ["https://evil.example/", "//evil.example", "/\\evil.example"])
      expect((await post("end-faults", { back })).to, back).toBe("/?done=end-faults");
  });
});

test("the control pages refuse requests by other web pages through the developer's browser", async () => {
  expect(await statusFor("/", { host: "evil.example" })).toBe(403);
  expect(await statusFor("/_sandbox/reset", { origin: "https://evil.example" }, "POST")).toBe(403);
  expect(await statusFor("/_sandbox/health", { host: "localhost" })).toBe(200);
});
