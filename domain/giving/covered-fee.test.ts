import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { propertyTestOptions } from "../../tools/test/scope.mjs";
import { smallestAmountStepMinor } from "../currencies";
import { type Currency, money, toDecimal } from "../money";
import {
  coveredFeeMinorIn,
  coveredFeeParameters,
  formatCoveredFeeMetadata,
  parseCoveredFeeMetadata,
  withCardFee,
} from "./covered-fee";
import { amountToCharge } from "./gift-form";

test.each<[gift: string, currency: Currency, percent: string, fixed: string, whole: string]>([
  ["15", "USD", "2.9", "0.30", "15.76"],
  ["100", "USD", "2.9", "0.30", "103.30"],
  ["2", "EUR", "1.5", "0.25", "2.29"],
  ["5", "GBP", "3.25", "0.20", "5.38"],
  ["1000", "JPY", "3.6", "0", "1038"],
  // Stripe charges dinars in steps of ten fils, and only whole krónur.
  ["1.500", "KWD", "2.75", "0.1", "1.650"],
  ["500", "ISK", "2.9", "35", "551.00"],
  // This case needs no rounding: $100 less a fee of 3% is exactly the gift of $97.
  ["97", "USD", "3", "0", "100.00"],
])("a gift of %s %s with a fee of %s percent plus %s is charged as %s", (gift, currency, percent, fixed, whole) => {
  expect(toDecimal(withCardFee(money(gift, currency), coveredFeeParameters({ percent, fixed }, currency)))).toBe(whole);
});

const CURRENCIES = ["USD", "EUR", "JPY", "VND", "KWD", "TND", "ISK", "UGX"] as const;

/** Stripe's fee in minor units, rounded up, which is the worst case: Stripe does not document how it rounds. */
function feeOf(wholeMinor: number, fee: { rate: number; fixedMinor: number }): bigint {
  const share = BigInt(wholeMinor) * BigInt(fee.rate);
  const part = share / 1_000_000n;
  return BigInt(fee.fixedMinor) + (share % 1_000_000n > 0n ? part + 1n : part);
}

const anyFee = fc.record({
  currency: fc.constantFrom(...CURRENCIES),
  steps: fc.integer({ min: 1, max: 5_000_000 }),
  /** In millionths. At most 20 percent. */
  rate: fc.integer({ min: 0, max: 200_000 }),
  fixedMinor: fc.integer({ min: 0, max: 500 }),
});

test("the charge is the smallest multiple of Stripe's step that leaves at least the chosen gift after the fee", () => {
  fc.assert(
    fc.property(anyFee, ({ currency, steps, rate, fixedMinor }) => {
      const step = smallestAmountStepMinor(currency);
      const gift = { amountMinor: steps * step, currency };
      const percent = `${Math.trunc(rate / 10_000)}.${String(rate % 10_000).padStart(4, "0")}`;
      const fixed = toDecimal({ amountMinor: fixedMinor, currency });
      const { amountMinor: whole } = withCardFee(gift, coveredFeeParameters({ percent, fixed }, currency));
      const arrives = (charged: number) => BigInt(charged) - feeOf(charged, { rate, fixedMinor });
      expect(whole % step).toBe(0);
      expect(arrives(whole)).toBeGreaterThanOrEqual(BigInt(gift.amountMinor));
      expect(arrives(whole - step)).toBeLessThan(BigInt(gift.amountMinor));
    }),
    propertyTestOptions({ usual: 500, all: 20_000 }),
  );
});

describe("the limits", () => {
  const fee = { percent: "2.9", fixed: "0.30" };
  const terms = { presets: { once: [], monthly: [], yearly: [] }, limits: { min: "2", max: "999999" } };
  const publication = { currencies: { USD: { ...terms, cardFee: fee }, GBP: terms } };

  test("apply to the chosen gift, and Stripe's maximum to the whole charge", () => {
    const largest = money("999999", "USD");
    expect(amountToCharge(largest, { coversFee: false, publication })).toMatchObject({
      kind: "charged",
      money: largest,
    });
    expect(amountToCharge(largest, { coversFee: true, publication })).toEqual({
      kind: "refused",
      reason: "too-large-with-fee",
      limit: null,
    });
    expect(amountToCharge(money("970000", "USD"), { coversFee: true, publication })).toMatchObject({
      money: money("998970.45", "USD"),
      coveredFeeMinor: 2_897_045,
    });
  });

  test("in a currency without a named fee, no fee is covered even if the form asks for it", () => {
    const pounds = money("15", "GBP");
    expect(amountToCharge(pounds, { coversFee: true, publication })).toEqual({
      ...{ kind: "charged", money: pounds, coveredFeeMinor: 0 },
    });
  });
});

test("the covered fee in the metadata counts only for the amount for which it was calculated", () => {
  const mark = formatCoveredFeeMetadata({ coveredMinor: 76, wholeMinor: 1576 });
  expect(mark).toBe("76 of 1576");
  expect(coveredFeeMinorIn(1576, parseCoveredFeeMetadata(mark))).toBe(76n);
  expect(coveredFeeMinorIn(1500, parseCoveredFeeMetadata(mark))).toBe(0n);
  expect(coveredFeeMinorIn(1576, null)).toBe(0n);
});

test.each(["", "76", "76 of", "0 of 1576", "1576 of 1576", "-1 of 5", "1e3 of 5000", "76 of 1576 "])(
  "%j is not a covered fee",
  (mark) => expect(parseCoveredFeeMetadata(mark)).toBeNull(),
);
