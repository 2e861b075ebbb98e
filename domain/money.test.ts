import { expect, test } from "vitest";
import { addMoney, formatMoney, money, moneyColumns, moneyOf, parseAmount, settledMoneyOf, toDecimal } from "./money";

test.each([
  ["20", "USD", 2000],
  ["10.5", "EUR", 1050],
  ["10,50", "EUR", 1050],
  [" 007 ", "GBP", 700],
  ["1000", "JPY", 1000],
  ["1.5", "KWD", 1500],
  ["5.12", "KWD", 5120],
  ["1.500", "KWD", 1500],
  ["999999999999", "USD", 99999999999900],
] as const)("parses %s %s as %i minor units", (text, currency, amountMinor) => {
  expect(parseAmount(text, currency)).toEqual({ kind: "amount", money: { amountMinor, currency } });
});

test.each([
  ["", "USD", "missing"],
  ["  ", "USD", "missing"],
  ["ten", "USD", "not-a-number"],
  ["-5", "USD", "not-a-number"],
  ["1e9", "USD", "not-a-number"],
  ["١٠", "USD", "not-a-number"],
  ["1,000.00", "USD", "not-a-number"],
  ["0x10", "USD", "not-a-number"],
  ["10.999", "USD", "too-many-decimals"],
  ["1,000", "USD", "not-a-number"],
  ["1,000", "KWD", "not-a-number"],
  ["10.5", "JPY", "too-many-decimals"],
  ["5.124", "KWD", "too-many-decimals"],
  ["5.1200", "KWD", "too-many-decimals"],
  ["5.000", "USD", "too-many-decimals"],
  ["0", "USD", "zero"],
  ["0.00", "USD", "zero"],
  ["1000000000000", "USD", "too-large-to-read"],
] as const)("refuses %j %s: %s", (text, currency, reason) => {
  expect(parseAmount(text, currency)).toEqual({ kind: "refused", reason });
});

test("formats each currency with its own decimals", () => {
  expect(toDecimal(money("10.5", "USD"))).toBe("10.50");
  expect(toDecimal(money("5", "JPY"))).toBe("5");
  expect(toDecimal(money("0.5", "KWD"))).toBe("0.500");
  expect(toDecimal({ amountMinor: -5, currency: "USD" })).toBe("-0.05");
  expect(formatMoney(money("20", "USD"), { locale: "en" })).toBe("$20");
  expect(formatMoney(money("20", "USD"), { locale: "en", alwaysDecimals: true })).toBe("$20.00");
  expect(formatMoney(money("12.5", "EUR"), { locale: "en" })).toBe("€12.50");
  expect(formatMoney(money("1500", "JPY"), { locale: "en" })).toBe("¥1,500");
  expect(formatMoney(money("1.5", "KWD"), { locale: "en" })).toBe("KWD\u00a01.500");
});

test.each([money("10.5", "USD"), money("5", "JPY"), money("0.75", "KWD")])(
  "parses the amounts that toDecimal() formats",
  (amount) => {
    expect(parseAmount(toDecimal(amount), amount.currency)).toEqual({ kind: "amount", money: amount });
  },
);

test("adds only amounts in the same currency, and throws if the sum is not a safe integer", () => {
  expect(addMoney(money("0.1", "USD"), money("0.2", "USD"))).toEqual(money("0.3", "USD"));
  expect(() => addMoney(money("1", "USD"), money("1", "EUR"))).toThrow("cannot add EUR to USD");
  expect(() => addMoney({ amountMinor: Number.MAX_SAFE_INTEGER, currency: "JPY" }, money("1", "JPY"))).toThrow(
    "not a safe integer",
  );
});

test("converts a row to money and back, and throws if the amount is not a safe integer or the currency is unknown", () => {
  expect(moneyOf(9_007_199_254_740_991n, "jpy")).toEqual({ amountMinor: Number.MAX_SAFE_INTEGER, currency: "JPY" });
  expect(moneyOf(-1050n, "USD")).toEqual({ amountMinor: -1050, currency: "USD" });
  expect(() => moneyOf(9_007_199_254_740_992n, "JPY")).toThrow("not a safe integer");
  expect(() => moneyOf(1n, "XTS")).toThrow("unknown currency");
  expect(moneyColumns(moneyOf(-1050n, "USD"))).toEqual({ amountMinor: -1050n, currency: "USD" });
  expect(settledMoneyOf(1n, "CHF")).toEqual({ amountMinor: 1, currency: "CHF" });
});
