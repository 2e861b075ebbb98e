import type Stripe from "stripe";

export type CatalogObjectCreators = ReturnType<typeof catalogObjectCreators>;

export function catalogObjectCreators(stripe: Stripe) {
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

  const plan = async () =>
    stripe.plans.create({ amount: 500, currency: "usd", interval: "month", product: (await product()).id });

  const coupon = () => stripe.coupons.create({ percent_off: 10, duration: "once" });

  async function promotionCode(): Promise<Stripe.PromotionCode> {
    const { id } = await coupon();
    return stripe.promotionCodes.create({ promotion: { type: "coupon", coupon: id } });
  }

  const taxRate = () => stripe.taxRates.create({ display_name: "VAT", percentage: 19, inclusive: true });

  async function cardOfCustomer(): Promise<{ customer: string; card: string }> {
    const { id } = await stripe.customers.create();
    const source = await stripe.customers.createSource(id, { source: "tok_visa" });
    return { customer: id, card: source.id };
  }

  return { customer, product, price, plan, coupon, promotionCode, taxRate, cardOfCustomer };
}
