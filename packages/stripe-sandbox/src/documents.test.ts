import type Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  monthlyGiftParams,
  oneTimeGiftParams,
  openTestSandbox,
  submitCheckoutForm,
  submitForm,
  type TestSandbox,
} from "./testing/test-sandbox";

let bench: TestSandbox;
let clock = 1_790_000_000;

beforeAll(async () => {
  bench = await openTestSandbox({ now: () => clock });
});
afterAll(() => bench.close());

const CARD = { cardExpiry: "12/34", cardCvc: "123", billingName: "Rosa" };

async function pageAt(url: string | null | undefined): Promise<string> {
  return (await fetch(url ?? "", { headers: { "accept-language": "en" } })).text();
}

async function openInvoice(): Promise<Stripe.Invoice> {
  const session = await bench.stripe.checkout.sessions.create(monthlyGiftParams());
  await submitCheckoutForm(session);
  const { subscription } = await bench.stripe.checkout.sessions.retrieve(session.id);
  const method = await bench.stripe.paymentMethods.attach("pm_card_chargeCustomerFail", {
    customer: String((await bench.stripe.checkout.sessions.retrieve(session.id)).customer),
  });
  await bench.stripe.subscriptions.update(String(subscription), { default_payment_method: method.id });
  clock += 32 * 86_400;
  await bench.takeEventTypesUntil("invoice.payment_failed");
  const { data } = await bench.stripe.invoices.list({ subscription: String(subscription), limit: 1 });
  if (!data[0]) throw new Error("no invoice");
  return data[0];
}

test("an open invoice is paid on its page, after a decline and through 3-D Secure", async () => {
  const invoice = await openInvoice();
  const url = invoice.hosted_invoice_url ?? "";
  const page = await pageAt(url);
  expect(page).toContain(`Invoice ${invoice.number}`);
  expect(page).toContain("Pay this invoice");
  const declined = await submitForm(url, { ...CARD, cardNumber: "4000 0000 0000 0002" });
  expect(declined.page).toContain("Your card was declined.");
  const { location } = await submitForm(url, { ...CARD, cardNumber: "4000 0027 6000 3184" });
  expect(location).toBe(`/i/${invoice.id}/authenticate`);
  expect(await pageAt(`${bench.url}${location}`)).toContain("Complete authentication");
  await submitForm(`${bench.url}${location}`, { answer: "complete" });
  expect(await bench.stripe.invoices.retrieve(invoice.id)).toMatchObject({ status: "paid", amount_remaining: 0 });
  expect(await pageAt(url)).not.toContain("Pay this invoice");
});

test("a receipt shows the payment, its method and its refunds", async () => {
  const session = await bench.stripe.checkout.sessions.create(oneTimeGiftParams());
  await submitCheckoutForm(session);
  const { data } = await bench.stripe.charges.list({ limit: 1 });
  await bench.stripe.refunds.create({ charge: data[0]?.id, amount: 500 });
  const page = await pageAt(data[0]?.receipt_url);
  for (const shown of ["$20.00", "Card •••• 4242", "$5.00"]) expect(page).toContain(shown);
  expect((await fetch(`${bench.url}/receipts/ch_nothing`)).status).toBe(404);
});

test("an invoice's PDF answers 501", async () => {
  const { data } = await bench.stripe.invoices.list({ limit: 1 });
  const pdf = await fetch(data[0]?.invoice_pdf ?? "");
  expect(pdf.status).toBe(501);
  expect(await pdf.text()).toContain("invoices as PDF");
});
