import { CONFIRM_WITHOUT_REDIRECT_PARAMS, RETURN_URL } from "../testing/test-sandbox";
import type { ConformanceCall } from "./conformance-tools";
import { firstItem } from "./first-item";

const SETUP = { payment_method: "pm_card_visa" };

export const PAYMENT_CALLS: Record<string, ConformanceCall> = {
  "balance.retrieve": ({ stripe }) => stripe.balance.retrieve(),
  "balanceTransactions.list": ({ stripe }) => stripe.balanceTransactions.list({ type: "charge" }),
  "balanceTransactions.retrieve": async ({ stripe, charge }) =>
    stripe.balanceTransactions.retrieve(String((await charge()).balance_transaction)),

  "charges.capture": async ({ stripe, heldIntent }) =>
    stripe.charges.capture(String((await heldIntent()).latest_charge)),
  "charges.create": ({ stripe }) => stripe.charges.create({ amount: 900, currency: "usd", source: "tok_visa" }),
  "charges.list": ({ stripe }) => stripe.charges.list({ limit: 3 }),
  "charges.retrieve": ({ charge }) => charge(),
  "charges.search": ({ stripe }) => stripe.charges.search({ query: "status:'succeeded'", limit: 3 }),
  "charges.update": async ({ stripe, charge }) => stripe.charges.update((await charge()).id, { description: "x" }),

  "disputes.close": async ({ stripe, dispute }) => stripe.disputes.close((await dispute()).id),
  "disputes.list": async ({ stripe, dispute }) => {
    await dispute();
    return stripe.disputes.list();
  },
  "disputes.retrieve": async ({ stripe, dispute }) => stripe.disputes.retrieve((await dispute()).id),
  "disputes.update": async ({ stripe, dispute, evidenceFile }) => {
    const evidence = { uncategorized_text: "winning_evidence", receipt: (await evidenceFile()).id };
    return stripe.disputes.update((await dispute()).id, { evidence, submit: true });
  },

  "files.create": ({ evidenceFile }) => evidenceFile(),
  "files.list": async ({ stripe, evidenceFile }) => {
    await evidenceFile();
    return stripe.files.list({ purpose: "dispute_evidence" });
  },
  "files.retrieve": async ({ stripe, evidenceFile }) => stripe.files.retrieve((await evidenceFile()).id),

  "mandates.retrieve": async ({ stripe, sepaIntent }) => {
    const charge = await stripe.charges.retrieve(String((await sepaIntent()).latest_charge));
    return stripe.mandates.retrieve(String(charge.payment_method_details?.sepa_debit?.mandate));
  },

  "paymentIntents.cancel": async ({ stripe }) => {
    const { id } = await stripe.paymentIntents.create({ amount: 500, currency: "usd" });
    return stripe.paymentIntents.cancel(id, { cancellation_reason: "abandoned" });
  },
  "paymentIntents.capture": async ({ stripe, heldIntent }) => stripe.paymentIntents.capture((await heldIntent()).id),
  "paymentIntents.confirm": async ({ stripe }) => {
    const { id } = await stripe.paymentIntents.create({ amount: 500, currency: "usd" });
    return stripe.paymentIntents.confirm(id, { payment_method: "pm_card_mastercard", return_url: RETURN_URL });
  },
  "paymentIntents.create": ({ sepaIntent }) => sepaIntent(),
  "paymentIntents.list": ({ stripe }) => stripe.paymentIntents.list({ limit: 3 }),
  "paymentIntents.retrieve": async ({ stripe, paidIntent }) => stripe.paymentIntents.retrieve((await paidIntent()).id),
  "paymentIntents.search": ({ stripe }) => stripe.paymentIntents.search({ query: "amount>100", limit: 3 }),
  "paymentIntents.update": async ({ stripe }) => {
    const { id } = await stripe.paymentIntents.create({ amount: 500, currency: "usd" });
    return stripe.paymentIntents.update(id, { amount: 600, metadata: { gift: "g_1" } });
  },

  "paymentMethods.attach": async ({ stripe, customer }) =>
    stripe.paymentMethods.attach("pm_card_mastercard", { customer: (await customer()).id }),
  "paymentMethods.create": ({ stripe }) => stripe.paymentMethods.create({ type: "card", card: { token: "tok_visa" } }),
  "paymentMethods.detach": async ({ stripe, customer }) => {
    const { id } = await stripe.paymentMethods.attach("pm_card_visa", { customer: (await customer()).id });
    return stripe.paymentMethods.detach(id);
  },
  "paymentMethods.list": async ({ stripe, customer }) =>
    stripe.paymentMethods.list({ customer: (await customer()).id, type: "card" }),
  "paymentMethods.retrieve": async ({ stripe, customer }) =>
    stripe.paymentMethods.retrieve(String((await customer()).invoice_settings.default_payment_method)),
  "paymentMethods.update": async ({ stripe, customer }) => {
    const { invoice_settings } = await customer();
    return stripe.paymentMethods.update(String(invoice_settings.default_payment_method), { metadata: { a: "1" } });
  },

  "payouts.cancel": async ({ stripe, payout }) => stripe.payouts.cancel((await payout()).id),
  "payouts.create": ({ payout }) => payout(),
  "payouts.list": ({ stripe }) => stripe.payouts.list(),
  "payouts.retrieve": async ({ stripe, payout }) => stripe.payouts.retrieve((await payout()).id),
  "payouts.update": async ({ stripe, payout }) => stripe.payouts.update((await payout()).id, { metadata: { a: "1" } }),

  "refunds.create": async ({ stripe, charge }) => stripe.refunds.create({ charge: (await charge()).id, amount: 500 }),
  "refunds.list": ({ stripe }) => stripe.refunds.list(),
  "refunds.retrieve": async ({ stripe, charge }) =>
    stripe.refunds.retrieve((await stripe.refunds.create({ charge: (await charge()).id })).id),
  "refunds.update": async ({ stripe, charge }) => {
    const { id } = await stripe.refunds.create({ charge: (await charge()).id });
    return stripe.refunds.update(id, { metadata: { a: "1" } });
  },

  "setupAttempts.list": async ({ stripe }) => {
    const { id } = await stripe.setupIntents.create({ ...SETUP, ...CONFIRM_WITHOUT_REDIRECT_PARAMS });
    const { object, url, has_more, data } = await stripe.setupAttempts.list({ setup_intent: id });
    return { object, url, has_more, data: [firstItem(data)] };
  },
  "setupIntents.cancel": async ({ stripe, setupIntent }) => stripe.setupIntents.cancel((await setupIntent()).id),
  "setupIntents.confirm": async ({ stripe, setupIntent }) =>
    stripe.setupIntents.confirm((await setupIntent()).id, { return_url: RETURN_URL }),
  "setupIntents.create": ({ setupIntent }) => setupIntent(),
  "setupIntents.list": ({ stripe }) => stripe.setupIntents.list({ limit: 3 }),
  "setupIntents.retrieve": async ({ stripe, setupIntent }) => stripe.setupIntents.retrieve((await setupIntent()).id),
  "setupIntents.update": async ({ stripe, setupIntent }) =>
    stripe.setupIntents.update((await setupIntent()).id, { metadata: { a: "1" } }),
};
