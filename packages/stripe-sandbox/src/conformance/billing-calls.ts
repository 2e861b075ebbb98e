import type { ConformanceCall } from "./conformance-tools";
import { firstItem } from "./first-item";

export const BILLING_CALLS: Record<string, ConformanceCall> = {
  "billingPortal.configurations.create": ({ stripe }) =>
    stripe.billingPortal.configurations.create({ features: { invoice_history: { enabled: true } } }),
  "billingPortal.configurations.list": ({ stripe }) => stripe.billingPortal.configurations.list(),
  "billingPortal.configurations.retrieve": async ({ stripe }) => {
    const features = { payment_method_update: { enabled: true } };
    return stripe.billingPortal.configurations.retrieve(
      (await stripe.billingPortal.configurations.create({ features })).id,
    );
  },
  "billingPortal.configurations.update": async ({ stripe }) => {
    const features = { payment_method_update: { enabled: true } };
    const { id } = await stripe.billingPortal.configurations.create({ features });
    return stripe.billingPortal.configurations.update(id, { active: false });
  },
  "billingPortal.sessions.create": async ({ stripe, customer }) => {
    await stripe.billingPortal.configurations.create({ features: { invoice_history: { enabled: true } } });
    return stripe.billingPortal.sessions.create({ customer: (await customer()).id, return_url: "https://a.example" });
  },

  "checkout.sessions.create": ({ session }) => session(),
  "checkout.sessions.expire": async ({ stripe, session }) => stripe.checkout.sessions.expire((await session()).id),
  "checkout.sessions.list": ({ stripe }) => stripe.checkout.sessions.list({ limit: 3 }),
  "checkout.sessions.listLineItems": async ({ stripe, session }) =>
    stripe.checkout.sessions.listLineItems((await session()).id),
  "checkout.sessions.retrieve": async ({ stripe, session }) => stripe.checkout.sessions.retrieve((await session()).id),
  "checkout.sessions.update": async ({ stripe, session }) =>
    stripe.checkout.sessions.update((await session()).id, { metadata: { a: "1" } }),

  "invoiceItems.create": async ({ stripe, customer }) =>
    stripe.invoiceItems.create({ customer: (await customer()).id, amount: 500, currency: "usd" }),
  "invoiceItems.del": async ({ stripe, customer }) => {
    const item = await stripe.invoiceItems.create({ customer: (await customer()).id, amount: 500, currency: "usd" });
    return stripe.invoiceItems.del(item.id);
  },
  "invoiceItems.list": ({ stripe }) => stripe.invoiceItems.list(),
  "invoiceItems.retrieve": async ({ stripe, customer }) => {
    const item = await stripe.invoiceItems.create({ customer: (await customer()).id, amount: 500, currency: "usd" });
    return stripe.invoiceItems.retrieve(item.id);
  },
  "invoiceItems.update": async ({ stripe, customer }) => {
    const item = await stripe.invoiceItems.create({ customer: (await customer()).id, amount: 500, currency: "usd" });
    return stripe.invoiceItems.update(item.id, { description: "x" });
  },
  "invoicePayments.list": async ({ stripe, subscription }) =>
    stripe.invoicePayments.list({ invoice: String((await subscription()).latest_invoice) }),
  "invoicePayments.retrieve": async ({ stripe, subscription }) => {
    const { data } = await stripe.invoicePayments.list({ invoice: String((await subscription()).latest_invoice) });
    return stripe.invoicePayments.retrieve(firstItem(data).id);
  },

  "invoices.addLines": async ({ stripe, draftInvoice }) =>
    stripe.invoices.addLines((await draftInvoice()).id, { lines: [{ amount: 300, description: "more" }] }),
  "invoices.create": async ({ stripe, customer }) => stripe.invoices.create({ customer: (await customer()).id }),
  "invoices.createPreview": async ({ stripe, subscription }) =>
    stripe.invoices.createPreview({ subscription: (await subscription()).id }),
  "invoices.del": async ({ stripe, draftInvoice }) => stripe.invoices.del((await draftInvoice()).id),
  "invoices.finalizeInvoice": ({ openInvoice }) => openInvoice(),
  "invoices.list": ({ stripe }) => stripe.invoices.list({ limit: 3 }),
  "invoices.listLineItems": async ({ stripe, draftInvoice }) =>
    stripe.invoices.listLineItems((await draftInvoice()).id),
  "invoices.markUncollectible": async ({ stripe, openInvoice }) =>
    stripe.invoices.markUncollectible((await openInvoice()).id),
  "invoices.pay": async ({ stripe, openInvoice }) => stripe.invoices.pay((await openInvoice()).id),
  "invoices.removeLines": async ({ stripe, draftInvoice }) => {
    const { id, lines } = await draftInvoice();
    return stripe.invoices.removeLines(id, { lines: [{ id: firstItem(lines.data).id, behavior: "delete" }] });
  },
  "invoices.retrieve": async ({ stripe, subscription }) =>
    stripe.invoices.retrieve(String((await subscription()).latest_invoice), { expand: ["payments"] }),
  "invoices.search": ({ stripe }) => stripe.invoices.search({ query: "total>100", limit: 3 }),
  "invoices.sendInvoice": async ({ stripe, openInvoice }) => stripe.invoices.sendInvoice((await openInvoice()).id),
  "invoices.update": async ({ stripe, draftInvoice }) =>
    stripe.invoices.update((await draftInvoice()).id, { description: "x" }),
  "invoices.updateLineItem": async ({ stripe, draftInvoice }) => {
    const { id, lines } = await draftInvoice();
    return stripe.invoices.updateLineItem(id, firstItem(lines.data).id, { description: "x" });
  },
  "invoices.updateLines": async ({ stripe, draftInvoice }) => {
    const { id, lines } = await draftInvoice();
    return stripe.invoices.updateLines(id, { lines: [{ id: firstItem(lines.data).id, description: "x" }] });
  },
  "invoices.voidInvoice": async ({ stripe, openInvoice }) => stripe.invoices.voidInvoice((await openInvoice()).id),

  "subscriptionItems.create": async ({ stripe, subscription, price }) =>
    stripe.subscriptionItems.create({
      subscription: (await subscription()).id,
      price: (await price()).id,
      proration_behavior: "none",
    }),
  "subscriptionItems.del": async ({ stripe, subscription, price }) => {
    const { id } = await stripe.subscriptionItems.create({
      subscription: (await subscription()).id,
      price: (await price()).id,
      proration_behavior: "none",
    });
    return stripe.subscriptionItems.del(id, { proration_behavior: "none" });
  },
  "subscriptionItems.list": async ({ stripe, subscription }) =>
    stripe.subscriptionItems.list({ subscription: (await subscription()).id }),
  "subscriptionItems.retrieve": async ({ stripe, subscription }) =>
    stripe.subscriptionItems.retrieve(firstItem((await subscription()).items.data).id),
  "subscriptionItems.update": async ({ stripe, subscription }) =>
    stripe.subscriptionItems.update(firstItem((await subscription()).items.data).id, { metadata: { a: "1" } }),

  "subscriptions.cancel": async ({ stripe, subscription }) => stripe.subscriptions.cancel((await subscription()).id),
  "subscriptions.create": ({ subscription }) => subscription(),
  "subscriptions.list": ({ stripe }) => stripe.subscriptions.list({ limit: 3 }),
  "subscriptions.pause": async ({ stripe, subscription }) =>
    stripe.subscriptions.pause((await subscription()).id, { type: "subscription" }),
  "subscriptions.resume": async ({ stripe, subscription }) => {
    const { id } = await subscription();
    await stripe.subscriptions.pause(id, { type: "subscription" });
    return stripe.subscriptions.resume(id);
  },
  "subscriptions.retrieve": async ({ stripe, subscription }) =>
    stripe.subscriptions.retrieve((await subscription()).id),
  "subscriptions.search": ({ stripe }) => stripe.subscriptions.search({ query: "status:'active'", limit: 3 }),
  "subscriptions.update": async ({ stripe, subscription }) =>
    stripe.subscriptions.update((await subscription()).id, { cancel_at_period_end: true }),

  "testHelpers.testClocks.advance": async ({ stripe, clock }) => {
    const { id, frozen_time } = await clock();
    return stripe.testHelpers.testClocks.advance(id, { frozen_time: frozen_time + 3_600 });
  },
  "testHelpers.testClocks.create": ({ clock }) => clock(),
  "testHelpers.testClocks.del": async ({ stripe, clock }) => stripe.testHelpers.testClocks.del((await clock()).id),
  "testHelpers.testClocks.list": ({ stripe }) => stripe.testHelpers.testClocks.list(),
  "testHelpers.testClocks.retrieve": async ({ stripe, clock }) =>
    stripe.testHelpers.testClocks.retrieve((await clock()).id),
};
