import type Stripe from "stripe";
import { expect, test } from "vitest";
import { findSubscriptionPeriodLine, giftFrequencyOfInvoice } from "./invoice-lines";

const at = (day: string) => Date.parse(`${day}T10:00:00Z`) / 1_000;

function line(start: string, end: string, { proration = false, price }: { proration?: boolean; price?: object } = {}) {
  const parent = { subscription_item_details: { proration } };
  return {
    period: { start: at(start), end: at(end) },
    parent,
    pricing: { price_details: { price: price ?? "price_1" } },
  };
}

function invoice(...data: object[]): Stripe.Invoice {
  return { id: "in_1", lines: { data, has_more: false } } as unknown as Stripe.Invoice;
}

const credit = line("2026-11-25", "2026-12-20", { proration: true });

test("reads the frequency from the paid period, even after a credit line", () => {
  expect(giftFrequencyOfInvoice(invoice(credit, line("2026-11-25", "2027-11-25")))).toBe("yearly");
  expect(giftFrequencyOfInvoice(invoice(line("2026-11-25", "2026-12-25")))).toBe("monthly");
  expect(giftFrequencyOfInvoice(invoice(credit, line("2026-11-25", "2027-02-25")))).toBe("every-3-month");
});

test("uses the last proration's price if all lines are prorations and Stripe sent the price", () => {
  const yearly = { recurring: { interval: "year", interval_count: 1 } };
  const more = line("2026-11-25", "2026-12-20", { proration: true, price: yearly });
  expect(findSubscriptionPeriodLine(invoice(credit, more))).toBeUndefined();
  expect(giftFrequencyOfInvoice(invoice(credit, more))).toBe("yearly");
});

test("throws for an invoice without a line", () => {
  expect(() => giftFrequencyOfInvoice(invoice())).toThrow("has no line with a period");
});
