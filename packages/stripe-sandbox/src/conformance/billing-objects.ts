import type Stripe from "stripe";
import type { CatalogObjectCreators } from "./catalog-objects";

export function billingObjectCreators(stripe: Stripe, { customer, price }: CatalogObjectCreators) {
  async function subscription(more: Partial<Stripe.SubscriptionCreateParams> = {}): Promise<Stripe.Subscription> {
    const [{ id: customerId }, { id: monthly }] = [await customer(), await price()];
    return stripe.subscriptions.create({ customer: customerId, items: [{ price: monthly }], ...more });
  }

  async function draftInvoice(): Promise<Stripe.Invoice> {
    const { id } = await customer();
    const invoice = await stripe.invoices.create({ customer: id });
    await stripe.invoiceItems.create({ customer: id, invoice: invoice.id, amount: 700, currency: "usd" });
    return stripe.invoices.retrieve(invoice.id);
  }

  async function openInvoice(): Promise<Stripe.Invoice> {
    const { id } = await draftInvoice();
    return stripe.invoices.finalizeInvoice(id, { auto_advance: false });
  }

  const clock = () => stripe.testHelpers.testClocks.create({ frozen_time: 1_800_000_000 });

  const endpoint = () =>
    stripe.webhookEndpoints.create({
      url: "http://127.0.0.1:1/hook",
      enabled_events: ["invoice.paid"],
      api_version: undefined,
    });

  function session(more: Partial<Stripe.Checkout.SessionCreateParams> = {}): Promise<Stripe.Checkout.Session> {
    const price_data = { currency: "usd", unit_amount: 500, product_data: { name: "Gift" } };
    const success_url = "https://site.example/thanks";
    return stripe.checkout.sessions.create({
      mode: "payment",
      success_url,
      line_items: [{ price_data, quantity: 1 }],
      ...more,
    });
  }

  return { subscription, draftInvoice, openInvoice, clock, endpoint, session };
}
