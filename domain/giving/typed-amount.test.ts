import fc from "fast-check";
import { expect, test } from "vitest";
import { propertyTestOptions } from "../../tools/test/scope.mjs";
import { type Currency, formatMoney, toDecimal } from "../money";
import { parseTypedAmount } from "./typed-amount";

test.each<[typed: string, currency: Currency, amountMinor: number]>([
  ["20", "USD", 2000],
  [" 20 ", "USD", 2000],
  ["+20", "USD", 2000],
  ["5.", "USD", 500],
  ["5,", "EUR", 500],
  [".75", "USD", 75],
  ["10,5", "EUR", 1050],
  ["1.500", "KWD", 1500],
  // Amounts with the sign or code of the chosen currency.
  ["$20", "USD", 2000],
  ["$ 20", "USD", 2000],
  ["20$", "USD", 2000],
  ["US$20", "USD", 2000],
  ["usd 20", "USD", 2000],
  ["20.50 USD", "USD", 2050],
  ["€12,50", "EUR", 1250],
  ["12,50 €", "EUR", 1250],
  ["£7", "GBP", 700],
  ["¥1500", "JPY", 1500],
  ["￥１５００", "JPY", 1500],
  ["1500円", "JPY", 1500],
  ["KD 3", "KWD", 3000],
  ["3 د.ك", "KWD", 3000],
  ["SEK 100", "SEK", 10000],
  ["100 kr", "SEK", 10000],
  ["100 kr.", "DKK", 10000],
  ["2500 Ft", "HUF", 250000],
  ["20,50 zł", "PLN", 2050],
  ["500 Kč", "CZK", 50000],
  ["R$ 50", "BRL", 5000],
  ["CA$20", "CAD", 2000],
  ["Fr. 20", "CHF", 2000],
  ["CLP 5.000", "CLP", 5000],
  ["$5.000", "CLP", 5000],
  ["500 kr", "ISK", 50000],
  // Thousands.
  ["1 000", "USD", 100000],
  ["1\u00a0000", "EUR", 100000],
  ["1\u202f000,50", "EUR", 100050],
  ["1\u2009000.50", "USD", 100050],
  ["1’000.50", "USD", 100050],
  ["1'000", "USD", 100000],
  ["1,000.50", "USD", 100050],
  ["1.000,50", "EUR", 100050],
  ["1,000,000", "JPY", 1000000],
  ["1.000.000", "EUR", 100000000],
  ["1,000.500", "KWD", 1000500],
  ["¥1,500", "JPY", 1500],
  ["1.500", "JPY", 1500],
  ["1\u00b4000", "CHF", 100000],
  ["1\u2018000.50", "CHF", 100050],
  ["1\u02bc000", "CHF", 100000],
  ["1`000", "CHF", 100000],
  ["1\uff07000", "CHF", 100000],
  // A dash instead of cents.
  ["20,- €", "EUR", 2000],
  ["20,-- €", "EUR", 2000],
  ["20,\u2014 €", "EUR", 2000],
  ["Fr. 20.\u2013", "CHF", 2000],
  ["1'000.-", "CHF", 100000],
  ["1.000,-", "EUR", 100000],
  ["100:- kr", "SEK", 10000],
  ["5.000,-", "ISK", 500000],
  // Arabic-Indic, Persian and full-width digits.
  ["٢٠", "USD", 2000],
  ["۲۰", "USD", 2000],
  ["١٢٫٥", "USD", 1250],
  ["١٬٠٠٠٫٥٠", "USD", 100050],
  ["２０．５０", "USD", 2050],
  ["\u200f٢٠\u200e $", "USD", 2000],
])("parses %j %s as %i minor units", (typed, currency, amountMinor) => {
  expect(parseTypedAmount(typed, currency)).toEqual({ kind: "amount", money: { amountMinor, currency } });
});

test.each<[typed: string, currency: Currency, reason: string]>([
  ["", "USD", "missing"],
  ["   ", "USD", "missing"],
  ["ten", "USD", "not-a-number"],
  ["$", "USD", "not-a-number"],
  ["-", "USD", "not-a-number"],
  ["1e9", "USD", "not-a-number"],
  ["0x10", "USD", "not-a-number"],
  ["20 dollars", "USD", "not-a-number"],
  ["20-30", "USD", "not-a-number"],
  ["20/30", "USD", "not-a-number"],
  ["½", "USD", "not-a-number"],
  ["20⁵⁰", "USD", "not-a-number"],
  ["⑤", "USD", "not-a-number"],
  ["$20$", "USD", "not-a-number"],
  ["-5", "USD", "negative"],
  ["−5", "USD", "negative"],
  ["- $5", "USD", "negative"],
  ["$-5", "USD", "negative"],
  ["20-", "EUR", "negative"],
  ["\u20145", "USD", "negative"],
  ["20,-5", "EUR", "not-a-number"],
  ["20:50", "EUR", "not-a-number"],
  ["€20", "USD", "other-currency"],
  ["$20", "EUR", "other-currency"],
  ["A$20", "USD", "other-currency"],
  ["20 EUR", "USD", "other-currency"],
  ["2000 rub", "USD", "other-currency"],
  ["2000 ₽", "USD", "other-currency"],
  ["-€5", "USD", "other-currency"],
  ["1,000", "USD", "unclear-separator"],
  ["1.000", "EUR", "unclear-separator"],
  ["$10,999", "USD", "unclear-separator"],
  ["1,000", "KWD", "unclear-separator"],
  ["1.2.3", "USD", "unclear-separator"],
  ["1,00,000", "USD", "unclear-separator"],
  ["1.000.50", "EUR", "unclear-separator"],
  ["1,000.000,5", "EUR", "unclear-separator"],
  ["10 50", "EUR", "unclear-separator"],
  ["1 000'000", "EUR", "unclear-separator"],
  ["kr.50", "DKK", "unclear-separator"],
  ["USD.75", "USD", "unclear-separator"],
  ["10 Ft", "SEK", "not-a-number"],
  ["10 SEK", "USD", "other-currency"],
  ["5000.5", "CLP", "too-many-decimals"],
  ["500.50", "ISK", "too-many-decimals"],
  ["10.9999", "USD", "too-many-decimals"],
  ["0.999", "USD", "too-many-decimals"],
  ["1 000.999", "USD", "too-many-decimals"],
  ["100.5", "JPY", "too-many-decimals"],
  ["0", "USD", "zero"],
  ["$0.00", "USD", "zero"],
  ["-0", "USD", "negative"],
  ["1 000 000 000 000", "USD", "too-large-to-read"],
])("refuses %j %s as %s", (typed, currency, reason) => {
  expect(parseTypedAmount(typed, currency)).toEqual({ kind: "refused", reason });
});

const amounts = fc.record({
  amountMinor: fc.integer({ min: 1, max: 9_999_999 }).map((n) => n * 10),
  currency: fc.constantFrom<Currency>("USD", "EUR", "GBP", "JPY", "KWD"),
});

test("parses an amount as this site formats it in English, for machines and for people", () => {
  fc.assert(
    fc.property(amounts, (amount) => {
      expect(parseTypedAmount(toDecimal(amount), amount.currency)).toEqual({ kind: "amount", money: amount });
      const written = formatMoney(amount, { locale: "en", alwaysDecimals: amount.currency !== "JPY" });
      expect(parseTypedAmount(written, amount.currency)).toEqual({ kind: "amount", money: amount });
    }),
    propertyTestOptions({ usual: 100, all: 1000 }),
  );
});

test("returns an amount in whole minor units or a refusal for any text, and never throws", () => {
  // fast-check has its own arbitrary for any character, but it first lists all characters, which takes almost a second.
  const character = fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code));
  const texts = fc.oneof(fc.string({ unit: character }), fc.string({ unit: fc.constantFrom(..."0159.,' -+$€٠٫'") }));
  fc.assert(
    fc.property(texts, fc.constantFrom<Currency>("USD", "JPY", "KWD"), (text, currency) => {
      const parsed = parseTypedAmount(text, currency);
      if (parsed.kind === "refused") return;
      expect(parsed.money.currency).toBe(currency);
      expect(Number.isSafeInteger(parsed.money.amountMinor) && parsed.money.amountMinor > 0).toBe(true);
    }),
    propertyTestOptions({ usual: 100, all: 1000 }),
  );
});
