import type Stripe from "stripe";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  advanceClockTo,
  changeCard,
  createTestSubscription,
  firstSubscriptionItemOf,
  HOUR_SECONDS,
} from "./testing/subscriber";
import { openTestSandbox, type TestSandbox } from "./testing/test-sandbox";

let bench: TestSandbox;
beforeEach(async () => {
  bench = await openTestSandbox();
});
afterEach(() => bench.close());

async function customerWithCard(card = "pm_card_visa"): Promise<string> {
  const { id } = await bench.stripe.customers.create({ email: "reader@example.org" });
  await changeCard(bench, id, card);
  return id;
}

async function draftOf(customer: string, amount = 2_500) {
  await bench.stripe.invoiceItems.create({ customer, amount, currency: "usd", description: "A year" });
  return bench.stripe.invoices.create({ customer, pending_invoice_items_behavior: "include" });
}

test("an invoice created from pending items is finalized, numbered and paid, and links to its payment both ways", async () => {
  const { invoices, invoicePayments, invoiceItems } = bench.stripe;
  const draft = await draftOf(await customerWithCard());
  expect(draft).toMatchObject({ status: "draft", total: 2_500, number: null, parent: null, billing_reason: "manual" });
  const open = await invoices.finalizeInvoice(draft.id);
  expect(open).toMatchObject({ status: "open", amount_remaining: 2_500, attempt_count: 0 });
  expect(open.number).toMatch(/^\w+-0001$/);
  const paid = await invoices.pay(draft.id, { expand: ["payments.data.payment.payment_intent"] });
  expect(paid).toMatchObject({ status: "paid", amount_paid: 2_500, amount_remaining: 0 });
  const intent = paid.payments?.data[0]?.payment.payment_intent;
  expect(intent).toMatchObject({ status: "succeeded", amount: 2_500 });
  const payment_intent = typeof intent === "object" ? intent.id : "";
  const back = await invoicePayments.list({ payment: { type: "payment_intent", payment_intent } });
  expect(back.data.map(({ invoice, status }) => [invoice, status])).toEqual([[draft.id, "paid"]]);
  expect((await invoicePayments.retrieve(back.data[0]?.id ?? "")).amount_paid).toBe(2_500);
  await expect(invoices.pay(draft.id)).rejects.toMatchObject({ statusCode: 400, code: "invoice_already_paid" });
  expect((await invoiceItems.list({ invoice: draft.id })).data).toHaveLength(1);
});

test("a draft is paid in one call; after a declined card it stays open and counts the attempt", async () => {
  const { invoices } = bench.stripe;
  expect(await invoices.pay((await draftOf(await customerWithCard())).id)).toMatchObject({ status: "paid" });
  const failing = await draftOf(await customerWithCard("pm_card_chargeCustomerFail"));
  await expect(invoices.pay(failing.id)).rejects.toMatchObject({ statusCode: 402, code: "card_declined" });
  expect(await invoices.retrieve(failing.id)).toMatchObject({ status: "open", attempt_count: 1, attempted: true });
});

test("an invoice is voided, marked uncollectible, paid out of band or deleted only when Stripe allows it", async () => {
  const { invoices } = bench.stripe;
  const customer = await customerWithCard();
  const voided = await draftOf(customer);
  await expect(invoices.voidInvoice(voided.id)).rejects.toMatchObject({ statusCode: 400 });
  await invoices.finalizeInvoice(voided.id);
  expect(await invoices.voidInvoice(voided.id)).toMatchObject({ status: "void", amount_remaining: 0 });
  const givenUp = await invoices.finalizeInvoice((await draftOf(customer)).id);
  expect(await invoices.markUncollectible(givenUp.id)).toMatchObject({
    status: "uncollectible",
    status_details: { uncollectible: { reason: "user_forgiven" } },
  });
  const elsewhere = await draftOf(customer);
  expect(await invoices.pay(elsewhere.id, { paid_out_of_band: true })).toMatchObject({ status: "paid" });
  const dropped = await draftOf(customer);
  await expect(invoices.del(elsewhere.id)).rejects.toMatchObject({ statusCode: 400 });
  expect(await invoices.del(dropped.id)).toEqual({ id: dropped.id, object: "invoice", deleted: true });
  expect((await invoices.list({ customer, status: "void" })).data.map(({ id }) => id)).toEqual([voided.id]);
});

test("adding and removing lines of a draft changes its total", async () => {
  const { invoices, invoiceItems } = bench.stripe;
  const customer = await customerWithCard();
  const draft = await draftOf(customer, 1_000);
  const more = await invoices.addLines(draft.id, { lines: [{ amount: 500, description: "More" }] });
  expect(more.total).toBe(1_500);
  const item = await invoiceItems.create({ customer, amount: 250, currency: "usd", invoice: draft.id });
  expect((await invoices.retrieve(draft.id)).total).toBe(1_750);
  await invoiceItems.update(item.id, { amount: 300 });
  expect((await invoices.retrieve(draft.id)).total).toBe(1_800);
  await invoiceItems.del(item.id);
  expect((await invoices.listLineItems(draft.id)).data.map(({ amount }) => amount)).toEqual([1_000, 500]);
});

test("the preview of the next renewal equals the renewal, and a cancelled subscription has none", async () => {
  const { subscription, clock, customer } = await createTestSubscription(bench);
  const { invoices } = bench.stripe;
  const preview = await invoices.createPreview({ subscription: subscription.id });
  const { current_period_end: end } = firstSubscriptionItemOf(subscription);
  expect(preview).toMatchObject({ amount_due: 1_000, status: "draft", period_end: end });
  await advanceClockTo(bench, clock, end + HOUR_SECONDS);
  const [renewal] = (await invoices.list({ customer: customer.id, limit: 1 })).data;
  expect(renewal).toMatchObject({ amount_due: preview.amount_due, total: preview.total });
  expect(renewal?.lines.data[0]?.period).toEqual(preview.lines.data[0]?.period);
  await bench.stripe.subscriptions.cancel(subscription.id);
  await expect(invoices.createPreview({ subscription: subscription.id })).rejects.toMatchObject({
    code: "invoice_upcoming_none",
  });
});

test("changing and removing lines of a draft changes their invoice items", async () => {
  const { invoices, invoiceItems } = bench.stripe;
  const customer = await customerWithCard();
  const draft = await draftOf(customer);
  const { lines } = await invoices.addLines(draft.id, { lines: [{ amount: 500 }, { amount: 300 }] });
  const [year = "", more = "", least = ""] = lines.data.map(({ id }) => id);
  const page = (params: Stripe.PaginationParams) => invoices.listLineItems(draft.id, { limit: 1, ...params });
  expect(await page({})).toMatchObject({ data: [{ id: year }], has_more: true });
  expect(await page({ starting_after: more })).toMatchObject({ data: [{ id: least }], has_more: false });
  expect(await page({ ending_before: least })).toMatchObject({ data: [{ id: more }], has_more: true });
  await expect(page({ starting_after: "il_none" })).rejects.toMatchObject({ code: "resource_missing" });
  const line = await invoices.updateLineItem(draft.id, year, { amount: 2_000, description: "Ten months" });
  expect(line).toMatchObject({ amount: 2_000, subtotal: 2_000, description: "Ten months" });
  const changed = await invoices.updateLines(draft.id, {
    lines: [{ id: more, amount: 600, metadata: { a: "1" } }],
    invoice_metadata: { b: "2" },
  });
  expect(changed).toMatchObject({ total: 2_900, metadata: { b: "2" } });
  const removed = await invoices.removeLines(draft.id, {
    lines: [
      { id: more, behavior: "unassign" },
      { id: least, behavior: "delete" },
    ],
  });
  expect(removed).toMatchObject({ total: 2_000, amount_due: 2_000 });
  const { data: items } = await invoiceItems.list({ customer });
  expect(items.map(({ amount, invoice }) => [amount, invoice])).toEqual([
    [600, null],
    [2_000, draft.id],
  ]);
  const ofDeletedLine = { lines: [{ id: least, description: "x" }] };
  await expect(invoices.updateLines(draft.id, ofDeletedLine)).rejects.toMatchObject({
    code: "resource_missing",
    statusCode: 400,
  });
  await invoices.finalizeInvoice(draft.id);
  await expect(invoices.updateLineItem(draft.id, year, { amount: 1 })).rejects.toMatchObject({ statusCode: 400 });
});

test("a deleted customer's draft cannot be finalized, and is no longer finalized automatically", async () => {
  const { id: customer } = await bench.stripe.customers.create();
  const draft = await bench.stripe.invoices.create({ customer, auto_advance: true });
  await bench.stripe.customers.del(customer);
  expect((await bench.stripe.invoices.retrieve(draft.id)).auto_advance).toBe(false);
  for (const call of ["finalizeInvoice", "pay", "sendInvoice"] as const)
    await expect(bench.stripe.invoices[call](draft.id)).rejects.toMatchObject({ statusCode: 400, param: "customer" });
});
