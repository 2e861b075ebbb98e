import { expect, test } from "vitest";
import { testPublication as publication } from "../testing/test-publication";
import { giftFormQuery, giveAgainPath, parseGift, parseGiftAmount, readGiftFormWithDefaults } from "./gift-form";

const read = (query: string) => readGiftFormWithDefaults(Object.fromEntries(new URLSearchParams(query)), publication);
const parse = (query: string) => parseGift(read(query), { publication, locale: "en" });

test("a link prefills amount and frequency", () => {
  expect(read("amount=20&every=month")).toMatchObject({
    frequency: "monthly",
    currency: "USD",
    amount: "20",
    isCustom: false,
  });
  expect(read("amount=21&every=year&currency=eur")).toMatchObject({
    frequency: "yearly",
    currency: "EUR",
    isCustom: true,
  });
});

test("an amount equal to a preset selects the preset, even if it is written with more decimals", () => {
  expect(read("amount=20.00&every=month&currency=USD")).toMatchObject({ amount: "20", isCustom: false });
  expect(read("amount=1.500&every=month&currency=KWD")).toMatchObject({ amount: "1.5", isCustom: false });
  expect(read("amount=20.01&every=month&currency=USD")).toMatchObject({ amount: "20.01", isCustom: true });
});

test("an amount in a currency that the publication does not accept is dropped", () => {
  expect(read("amount=2000&currency=RUB")).toMatchObject({ currency: "USD", amount: null, isCustom: false });
  expect(read("every=once&currency=XXX&preset-usd-once=30").amount).toBeNull();
  expect(parse("amount=2000&currency=RUB")).toEqual({ kind: "refused", reason: "missing", limit: null });
});

test("a link may name a frequency as the interface does", () => {
  expect(read("amount=100&every=yearly")).toMatchObject({ frequency: "yearly", amount: "100" });
  expect(read("amount=20&every=monthly")).toMatchObject({ frequency: "monthly", amount: "20" });
});

test("an amount with an unknown frequency is dropped, because the default would charge it more often", () => {
  expect(read("amount=100&every=annual")).toMatchObject({ frequency: "monthly", amount: null, isCustom: false });
});

test("an empty form gets the publication's defaults and no amount", () => {
  expect(read("")).toMatchObject({
    frequency: "monthly",
    currency: "USD",
    amount: null,
    placement: "give",
    article: null,
  });
});

test("only the presets of the chosen currency and frequency count", () => {
  const groups = "preset-usd-once=30&preset-usd-month=10&preset-eur-month=40";
  expect(read(`every=month&currency=USD&${groups}`).amount).toBe("10");
  expect(read(`every=once&currency=USD&${groups}`).amount).toBe("30");
  expect(read(`every=month&currency=EUR&${groups}`).amount).toBe("40");
});

test("a custom amount counts if its button is chosen; a chosen preset wins over a custom amount left in its field", () => {
  expect(read("every=month&currency=USD&preset-usd-month=custom&custom=7.50")).toMatchObject({
    amount: "7.50",
    isCustom: true,
  });
  expect(read("every=month&currency=USD&preset-usd-month=10&custom=7.50")).toMatchObject({
    amount: "10",
    isCustom: false,
  });
  expect(read("every=month&currency=USD&preset-usd-month=custom&custom=")).toMatchObject({ amount: "" });
});

test("unknown values fall back to defaults instead of failing", () => {
  expect(read("every=week&currency=XXX&placement=attic&article=<b>&appeal=a%20b")).toMatchObject({
    frequency: "monthly",
    currency: "USD",
    placement: "give",
    article: null,
    appeal: "none",
  });
});

test.each([
  ["amount=", "missing", null],
  ["amount=abc", "not-a-number", null],
  ["amount=0", "zero", null],
  ["amount=-5", "negative", null],
  ["amount=1,000", "unclear-separator", null],
  ["amount=%E2%82%AC20", "other-currency", null],
  ["amount=1e9", "not-a-number", null],
  ["amount=10.9999", "too-many-decimals", null],
  ["amount=1000000000", "above-maximum", { amountMinor: 1000000, currency: "USD" }],
  ["amount=1.99", "below-minimum", { amountMinor: 200, currency: "USD" }],
  ["amount=10.5&currency=JPY", "too-many-decimals", null],
  ["amount=199&currency=JPY", "below-minimum", { amountMinor: 200, currency: "JPY" }],
  ["amount=0.499&currency=KWD", "too-many-decimals", null],
  ["amount=0.49&currency=KWD", "below-minimum", { amountMinor: 500, currency: "KWD" }],
] as const)("%s is refused as %s", (query, reason, limit) => {
  expect(parse(query)).toEqual({ kind: "refused", reason, limit });
});

test("an amount is accepted in the form in which people type it, and shown again unchanged", () => {
  expect(read("amount=$21&every=month&currency=USD")).toMatchObject({ amount: "$21", isCustom: true });
  expect(read("amount=$20&every=month&currency=USD")).toMatchObject({ amount: "20", isCustom: false });
  expect(parse("amount=1%20000,50&every=once&currency=EUR")).toMatchObject({
    gift: { money: { amountMinor: 100050, currency: "EUR" } },
  });
  expect(parse("amount=%D9%A1%D9%A0&every=once")).toMatchObject({ gift: { money: { amountMinor: 1000 } } });
});

test("a form reads back unchanged from its own link", () => {
  const form = read(
    "every=year&currency=KWD&amount=0.4&article=a_1&placement=banner&appeal=standard&variant=a&exposure=x_00000001.b.20780",
  );
  expect(read(giftFormQuery(form))).toEqual(form);
});

test("a gift holds whole minor units of its currency", () => {
  expect(parse("amount=0.5&currency=KWD&every=once")).toMatchObject({
    kind: "gift",
    gift: { money: { amountMinor: 500, currency: "KWD" } },
  });
  expect(parseGiftAmount({ text: "1500", currency: "JPY", publication })).toEqual({
    kind: "amount",
    money: { amountMinor: 1500, currency: "JPY" },
  });
});

test("the link to give again keeps the frequency, or uses “once” if the form does not offer it", () => {
  const money = { amountMinor: 3_000, currency: "USD" } as const;
  expect(giveAgainPath({ money, frequency: "yearly" })).toContain("every=year");
  expect(giveAgainPath({ money, frequency: "every-3-month" })).toContain("every=once");
});
