import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listEventTypesFrom } from "./testing/events-from";
import { openTestSandbox, submitCheckoutForm, type TestSandbox } from "./testing/test-sandbox";

let bench: TestSandbox;
let stripe: Stripe;

beforeAll(async () => {
  bench = await openTestSandbox();
  stripe = bench.stripe;
});
afterAll(() => bench.close());

async function price(more: Partial<Stripe.PriceCreateParams> = {}): Promise<string> {
  const { id: product } = await stripe.products.create({ name: "Reader support" });
  return (await stripe.prices.create({ product, currency: "eur", unit_amount: 1_500, ...more })).id;
}

async function follow(link: Stripe.PaymentLink): Promise<Stripe.Checkout.Session> {
  const { headers } = await fetch(link.url, { redirect: "manual" });
  const id = headers.get("location")?.split("/").at(-1) ?? "";
  return stripe.checkout.sessions.retrieve(id);
}

describe("a payment link", () => {
  test("a payment link opens a new Checkout Session for every visitor", async () => {
    const link = await stripe.paymentLinks.create({
      line_items: [{ price: await price(), quantity: 2 }],
      metadata: { article: "a_1" },
      payment_intent_data: { metadata: { gift: "g_link" } },
      submit_type: "donate",
    });
    expect(link).toMatchObject({ active: true, currency: "eur", submit_type: "donate", metadata: { article: "a_1" } });
    const [one, two] = [await follow(link), await follow(link)];
    expect(one.id).not.toBe(two.id);
    expect(one).toMatchObject({
      amount_total: 3_000,
      mode: "payment",
      payment_link: link.id,
      metadata: { article: "a_1" },
    });
    expect((await submitCheckoutForm(one)).location).toBe(`${bench.url}/c/pay/${one.id}`);
    const paid = await stripe.checkout.sessions.retrieve(one.id, { expand: ["payment_intent"] });
    expect(paid.payment_intent).toMatchObject({ status: "succeeded", metadata: { gift: "g_link" } });
    const { data } = await stripe.checkout.sessions.list({ payment_link: link.id });
    expect(data.map(({ id }) => id)).toEqual([two.id, one.id]);
  });

  test("a payment link with a recurring price opens sessions in subscription mode, with the configured redirect", async () => {
    const recurring = { interval: "month" as const };
    const redirect = { url: "https://site.example/thank-you" };
    const link = await stripe.paymentLinks.create({
      line_items: [{ price: await price({ recurring }), quantity: 1 }],
      after_completion: { type: "redirect", redirect },
    });
    const session = await follow(link);
    expect(session).toMatchObject({ mode: "subscription", success_url: redirect.url });
    const shown = await stripe.paymentLinks.retrieve(link.id, { expand: ["line_items"] });
    expect(shown.line_items?.data).toEqual((await stripe.paymentLinks.listLineItems(link.id)).data);
  });

  test("a payment link can be deactivated, with a message for later visitors", async () => {
    const events = await listEventTypesFrom(stripe, async () => {
      const link = await stripe.paymentLinks.create({ line_items: [{ price: await price(), quantity: 1 }] });
      await stripe.paymentLinks.update(link.id, { active: false, inactive_message: "The appeal is over." });
      expect(await (await fetch(link.url)).text()).toContain("The appeal is over.");
    });
    expect(events).toEqual(["product.created", "price.created", "payment_link.created", "payment_link.updated"]);
    expect((await fetch(`${bench.url}/l/plink_nowhere`)).status).toBe(404);
  });
});
