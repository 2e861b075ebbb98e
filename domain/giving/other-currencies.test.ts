import { expect, test } from "vitest";
import { formatMoney, money } from "../money";
import { type CurrencySettings, currenciesOf, defaultCurrencyOf, type Publication } from "../publication";
import { findSmallerAmountToOffer, type OwnRecurringGift } from "../supporters/own-recurring-gifts";
import { testPublication as demo } from "../testing/test-publication";
import {
  giftFormQuery,
  hasFrequencyAndCurrency,
  parseGift,
  parseGiftAmount,
  readGiftFormWithDefaults,
} from "./gift-form";
import { isAtMostSmallestPreset } from "./rate-limits";

const terms = (scale: number): CurrencySettings => ({
  presets: {
    once: [10, 20, 40].map((preset) => String(preset * scale)),
    monthly: [5, 10, 20].map((preset) => String(preset * scale)),
    yearly: [50, 100, 200].map((preset) => String(preset * scale)),
  },
  limits: { min: String(2 * scale), max: String(1_000 * scale) },
});
const only = (currencies: Publication["currencies"]): Publication => ({ ...demo, currencies });
const read = (query: string, publication: Publication) =>
  readGiftFormWithDefaults(Object.fromEntries(new URLSearchParams(query)), publication);

const alone = [
  { currency: "SEK", scale: 10, minor: 100 },
  { currency: "HUF", scale: 400, minor: 100 },
  { currency: "CLP", scale: 1_000, minor: 1 },
  { currency: "TND", scale: 3, minor: 1_000 },
] as const;

test.each(alone)("a publication with only $currency accepts a gift by preset, typed amount and link", (each) => {
  const { currency, scale, minor } = each;
  const publication = only({ [currency]: terms(scale) });
  expect(currenciesOf(publication)).toEqual([currency]);
  expect(defaultCurrencyOf(publication)).toBe(currency);
  expect(read("", publication)).toMatchObject({ currency, amount: null, frequency: "monthly" });
  const fields = `every=month&currency=${currency}`;
  const group = `preset-${currency.toLowerCase()}-month`;
  const gift = (query: string) => parseGift(read(query, publication), { publication, locale: "en" });
  const accepted = (major: number) => ({ kind: "gift", gift: { money: { amountMinor: major * minor, currency } } });
  expect(gift(`${fields}&${group}=${10 * scale}`)).toMatchObject(accepted(10 * scale));
  expect(gift(`${fields}&${group}=custom&custom=${7 * scale} ${currency}`)).toMatchObject(accepted(7 * scale));
  const link = giftFormQuery(read(`${fields}&amount=${7 * scale}`, publication));
  expect(gift(link)).toMatchObject(accepted(7 * scale));
  expect(gift(`${fields}&amount=${scale}`)).toMatchObject({ kind: "refused", reason: "below-minimum" });
  expect(hasFrequencyAndCurrency({ every: "month", currency }, publication)).toBe(true);
});

test("a currency that the publication does not accept falls back to the default", () => {
  const publication = only({ SEK: terms(10) });
  expect(read("every=month&currency=USD&amount=20", publication)).toMatchObject({ currency: "SEK", amount: null });
  expect(hasFrequencyAndCurrency({ every: "month", currency: "USD" }, publication)).toBe(false);
});

test("amounts up to the smallest preset are small, also in a currency without decimals", () => {
  const publication = only({ CLP: terms(1_000) });
  expect(isAtMostSmallestPreset(money("5000", "CLP"), publication)).toBe(true);
  expect(isAtMostSmallestPreset(money("5001", "CLP"), publication)).toBe(false);
});

test("a recurring gift in a removed currency can still be changed and reduced, within Stripe's limits", () => {
  const publication = only({ SEK: terms(10) });
  const gift = { money: money("20", "USD"), frequency: "monthly" } as OwnRecurringGift;
  const change = (text: string) => parseGiftAmount({ text, currency: "USD", publication });
  expect(change("12.50")).toMatchObject({ kind: "amount" });
  expect(change("0.49")).toMatchObject({ kind: "refused", limit: money("0.50", "USD") });
  expect(change("1000000")).toMatchObject({ kind: "refused", limit: money("999999.99", "USD") });
  expect(findSmallerAmountToOffer(gift, publication)).toEqual(money("0.50", "USD"));
});

test("a publication without a currency throws", () => {
  expect(() => defaultCurrencyOf(only({}))).toThrow("publication.ts must name at least one currency");
});

test("amounts are formatted with the decimals that a charge may use", () => {
  const written = (amount: Parameters<typeof formatMoney>[0]) =>
    formatMoney(amount, { locale: "en", alwaysDecimals: true }).replaceAll("\u00a0", " ");
  expect(written(money("5000", "CLP"))).toBe("CLP 5,000");
  expect(written(money("12.5", "SEK"))).toBe("SEK 12.50");
  // Stripe's amounts in krónur have two decimals, but only whole krónur can be charged.
  expect(money("500", "ISK").amountMinor).toBe(50_000);
  expect(written(money("500", "ISK"))).toBe("ISK 500");
});
