// Creates the objects that calls of the conformance suite need; each call gets its own.
import type Stripe from "stripe";
import { CONFIRMED } from "../testing/bench";

export type World = ReturnType<typeof openWorld>;

export function openWorld(stripe: Stripe) {
  async function customer(): Promise<Stripe.Customer> {
    const { id } = await stripe.customers.create({ email: "reader@example.org", name: "Rosa Reader" });
    const method = await stripe.paymentMethods.attach("pm_card_visa", { customer: id });
    return stripe.customers.update(id, { invoice_settings: { default_payment_method: method.id } });
  }

  const product = () => stripe.products.create({ name: "Reader support" });

  async function price(interval: "month" | null = "month"): Promise<Stripe.Price> {
    const { id } = await product();
    const recurring = interval ? { interval } : undefined;
    return stripe.prices.create({ product: id, currency: "usd", unit_amount: 1_000, recurring });
  }

  async function subscription(more: Partial<Stripe.SubscriptionCreateParams> = {}): Promise<Stripe.Subscription> {
    const [{ id: customerId }, { id: monthly }] = [await customer(), await price()];
    return stripe.subscriptions.create({ customer: customerId, items: [{ price: monthly }], ...more });
  }

  function paidIntent(payment_method = "pm_card_visa"): Promise<Stripe.PaymentIntent> {
    return stripe.paymentIntents.create({ amount: 2_000, currency: "usd", ...CONFIRMED, payment_method });
  }

  async function charge(): Promise<Stripe.Charge> {
    const { latest_charge: id } = await paidIntent();
    return stripe.charges.retrieve(String(id));
  }

  /** Paid from funds that are available at once and exceed what the disputes of other calls took. */
  async function payout(): Promise<Stripe.Payout> {
    const payment_method = "pm_card_bypassPending";
    await stripe.paymentIntents.create({ amount: 90_000, currency: "usd", ...CONFIRMED, payment_method });
    return stripe.payouts.create({ amount: 300, currency: "usd" });
  }

  async function heldIntent(): Promise<Stripe.PaymentIntent> {
    return stripe.paymentIntents.create({
      amount: 2_000,
      currency: "usd",
      ...CONFIRMED,
      payment_method: "pm_card_visa",
      capture_method: "manual",
    });
  }

  async function dispute(): Promise<Stripe.Dispute> {
    const { id } = await paidIntent("pm_card_createDispute");
    const { data } = await stripe.disputes.list({ payment_intent: id });
    return first(data);
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

  const coupon = () => stripe.coupons.create({ percent_off: 10, duration: "once" });
  const plan = async () =>
    stripe.plans.create({ amount: 500, currency: "usd", interval: "month", product: (await product()).id });
  const clock = () => stripe.testHelpers.testClocks.create({ frozen_time: 1_800_000_000 });
  const endpoint = () =>
    stripe.webhookEndpoints.create({
      url: "http://127.0.0.1:1/hook",
      enabled_events: ["invoice.paid"],
      api_version: undefined,
    });
  const taxRate = () => stripe.taxRates.create({ display_name: "VAT", percentage: 19, inclusive: true });
  const setupIntent = () => stripe.setupIntents.create({ payment_method: "pm_card_visa" });

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

  async function promotionCode(): Promise<Stripe.PromotionCode> {
    const { id } = await coupon();
    return stripe.promotionCodes.create({ promotion: { type: "coupon", coupon: id } });
  }

  async function cardOfCustomer(): Promise<{ customer: string; card: string }> {
    const { id } = await stripe.customers.create();
    const source = await stripe.customers.createSource(id, { source: "tok_visa" });
    return { customer: id, card: source.id };
  }

  async function sepaIntent(): Promise<Stripe.PaymentIntent> {
    const method = await stripe.paymentMethods.create({
      type: "sepa_debit",
      sepa_debit: { iban: "DE89370400440532013000" },
      billing_details: { name: "Rosa Reader", email: "reader@example.org" },
    });
    return stripe.paymentIntents.create({
      amount: 2_000,
      currency: "eur",
      ...CONFIRMED,
      payment_method: method.id,
      mandate_data: { customer_acceptance: { type: "offline" } },
    });
  }

  return {
    stripe,
    customer,
    product,
    price,
    subscription,
    paidIntent,
    charge,
    payout,
    heldIntent,
    dispute,
    draftInvoice,
    openInvoice,
    coupon,
    plan,
    clock,
    endpoint,
    taxRate,
    setupIntent,
    session,
    promotionCode,
    cardOfCustomer,
    sepaIntent,
  };
}

export function first<T>(list: T[]): T {
  const [found] = list;
  if (found === undefined) throw new Error("expected at least one object in the list");
  return found;
}

export type Call = (world: World) => Promise<object>;
