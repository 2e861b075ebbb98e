import type { ConformanceCall } from "./conformance-tools";
import { firstItem } from "./first-item";

export const CUSTOMER_AND_CATALOG_CALLS: Record<string, ConformanceCall> = {
  "coupons.create": ({ coupon }) => coupon(),
  "coupons.del": async ({ stripe, coupon }) => stripe.coupons.del((await coupon()).id),
  "coupons.list": ({ stripe }) => stripe.coupons.list(),
  "coupons.retrieve": async ({ stripe, coupon }) => stripe.coupons.retrieve((await coupon()).id),
  "coupons.update": async ({ stripe, coupon }) => stripe.coupons.update((await coupon()).id, { name: "Winter" }),

  "customers.create": ({ stripe }) => stripe.customers.create({ email: "a@example.org", metadata: { a: "1" } }),
  "customers.createBalanceTransaction": async ({ stripe, customer }) =>
    stripe.customers.createBalanceTransaction((await customer()).id, { amount: -500, currency: "usd" }),
  "customers.createSource": async ({ stripe, customer }) =>
    stripe.customers.createSource((await customer()).id, { source: "tok_visa" }),
  "customers.createTaxId": async ({ stripe, customer }) =>
    stripe.customers.createTaxId((await customer()).id, { type: "eu_vat", value: "DE123456789" }),
  "customers.del": async ({ stripe, customer }) => stripe.customers.del((await customer()).id),
  "customers.deleteDiscount": async ({ stripe, coupon }) => {
    // Since version 2025-03-31.basil the API can only remove a customer's discount, not set one. So the request that
    // sets the discount uses an older version.
    const older = { apiVersion: "2024-12-18.acacia" };
    const discounted = await stripe.rawRequest("POST", "/v1/customers", { coupon: (await coupon()).id }, older);
    const { id } = discounted as { id: string } & typeof discounted;
    return stripe.customers.deleteDiscount(id);
  },
  "customers.deleteSource": async ({ stripe, cardOfCustomer }) => {
    const { customer, card } = await cardOfCustomer();
    return stripe.customers.deleteSource(customer, card);
  },
  "customers.deleteTaxId": async ({ stripe, customer }) => {
    const { id } = await customer();
    const tax = await stripe.customers.createTaxId(id, { type: "eu_vat", value: "DE123456789" });
    return stripe.customers.deleteTaxId(id, tax.id);
  },
  "customers.list": ({ stripe }) => stripe.customers.list({ limit: 2 }),
  "customers.listBalanceTransactions": async ({ stripe, customer }) =>
    stripe.customers.listBalanceTransactions((await customer()).id),
  "customers.listPaymentMethods": async ({ stripe, customer }) =>
    stripe.customers.listPaymentMethods((await customer()).id),
  "customers.listSources": async ({ stripe, cardOfCustomer }) =>
    stripe.customers.listSources((await cardOfCustomer()).customer),
  "customers.listTaxIds": async ({ stripe, customer }) => stripe.customers.listTaxIds((await customer()).id),
  "customers.retrieve": async ({ stripe, customer }) => stripe.customers.retrieve((await customer()).id),
  "customers.retrieveBalanceTransaction": async ({ stripe, customer }) => {
    const { id } = await customer();
    const change = await stripe.customers.createBalanceTransaction(id, { amount: -500, currency: "usd" });
    return stripe.customers.retrieveBalanceTransaction(id, change.id);
  },
  "customers.retrievePaymentMethod": async ({ stripe, customer }) => {
    const { id, invoice_settings } = await customer();
    return stripe.customers.retrievePaymentMethod(id, String(invoice_settings.default_payment_method));
  },
  "customers.retrieveSource": async ({ stripe, cardOfCustomer }) => {
    const { customer, card } = await cardOfCustomer();
    return stripe.customers.retrieveSource(customer, card);
  },
  "customers.retrieveTaxId": async ({ stripe, customer }) => {
    const { id } = await customer();
    const tax = await stripe.customers.createTaxId(id, { type: "eu_vat", value: "DE123456789" });
    return stripe.customers.retrieveTaxId(id, tax.id);
  },
  "customers.search": ({ stripe }) => stripe.customers.search({ query: "email:'a@example.org'" }),
  "customers.update": async ({ stripe, customer }) => stripe.customers.update((await customer()).id, { name: "R" }),
  "customers.updateBalanceTransaction": async ({ stripe, customer }) => {
    const { id } = await customer();
    const change = await stripe.customers.createBalanceTransaction(id, { amount: -500, currency: "usd" });
    return stripe.customers.updateBalanceTransaction(id, change.id, { description: "sorry" });
  },
  "customers.updateSource": async ({ stripe, cardOfCustomer }) => {
    const { customer, card } = await cardOfCustomer();
    return stripe.customers.updateSource(customer, card, { name: "Rosa Reader" });
  },

  "plans.create": ({ plan }) => plan(),
  "plans.del": async ({ stripe, plan }) => stripe.plans.del((await plan()).id),
  "plans.list": ({ stripe }) => stripe.plans.list(),
  "plans.retrieve": async ({ stripe, plan }) => stripe.plans.retrieve((await plan()).id),
  "plans.update": async ({ stripe, plan }) => stripe.plans.update((await plan()).id, { nickname: "Monthly" }),

  "prices.create": ({ price }) => price(),
  "prices.list": ({ stripe }) => stripe.prices.list(),
  "prices.retrieve": async ({ stripe, price }) => stripe.prices.retrieve((await price(null)).id),
  "prices.search": ({ stripe }) => stripe.prices.search({ query: "active:'true'" }),
  "prices.update": async ({ stripe, price }) => stripe.prices.update((await price()).id, { active: false }),

  "products.create": ({ product }) => product(),
  "products.del": async ({ stripe, product }) => stripe.products.del((await product()).id),
  "products.list": ({ stripe }) => stripe.products.list(),
  "products.retrieve": async ({ stripe, product }) => stripe.products.retrieve((await product()).id),
  "products.search": ({ stripe }) => stripe.products.search({ query: "active:'true'" }),
  "products.update": async ({ stripe, product }) => stripe.products.update((await product()).id, { name: "Fund" }),

  "promotionCodes.create": ({ promotionCode }) => promotionCode(),
  "promotionCodes.list": ({ stripe }) => stripe.promotionCodes.list(),
  "promotionCodes.retrieve": async ({ stripe, promotionCode }) =>
    stripe.promotionCodes.retrieve((await promotionCode()).id),
  "promotionCodes.update": async ({ stripe, promotionCode }) =>
    stripe.promotionCodes.update((await promotionCode()).id, { active: false }),

  "taxRates.create": ({ taxRate }) => taxRate(),
  "taxRates.list": ({ stripe }) => stripe.taxRates.list(),
  "taxRates.retrieve": async ({ stripe, taxRate }) => stripe.taxRates.retrieve((await taxRate()).id),
  "taxRates.update": async ({ stripe, taxRate }) => stripe.taxRates.update((await taxRate()).id, { active: false }),

  "tokens.create": ({ stripe }) =>
    stripe.tokens.create({ card: { number: "4242424242424242", exp_month: "12", exp_year: "2040", cvc: "123" } }),
  "tokens.retrieve": async ({ stripe }) => {
    const card = { number: "4242424242424242", exp_month: "12", exp_year: "2040", cvc: "123" };
    return stripe.tokens.retrieve((await stripe.tokens.create({ card })).id);
  },

  "webhookEndpoints.create": ({ endpoint }) => endpoint(),
  "webhookEndpoints.del": async ({ stripe, endpoint }) => stripe.webhookEndpoints.del((await endpoint()).id),
  "webhookEndpoints.list": ({ stripe }) => stripe.webhookEndpoints.list(),
  "webhookEndpoints.retrieve": async ({ stripe, endpoint }) => stripe.webhookEndpoints.retrieve((await endpoint()).id),
  "webhookEndpoints.update": async ({ stripe, endpoint }) =>
    stripe.webhookEndpoints.update((await endpoint()).id, { disabled: true }),

  "events.list": ({ stripe }) => stripe.events.list({ limit: 100 }),
  "events.retrieve": async ({ stripe, paidIntent }) => {
    await paidIntent();
    return stripe.events.retrieve(firstItem((await stripe.events.list({ limit: 1 })).data).id);
  },
};
