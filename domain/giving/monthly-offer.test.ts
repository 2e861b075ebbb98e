import { expect, test } from "vitest";
import { type Currency, money } from "../money";
import { testPublication as publication } from "../testing/test-publication";
import { suggestMonthlyAmount } from "./monthly-offer";

test.each<[gift: string, currency: Currency, offered: string | null]>([
  ["15", "USD", "5"],
  ["29.99", "USD", "5"],
  ["30", "USD", "10"],
  ["60", "EUR", "20"],
  ["10000", "EUR", "40"],
  ["14.99", "USD", null],
  ["2", "EUR", null],
])("instead of %s %s once, offers monthly: %s", (gift, currency, offered) => {
  const instead = suggestMonthlyAmount({ money: money(gift, currency), frequency: "once" }, publication);
  expect(instead).toEqual(offered && money(offered, currency));
});

test("offers nothing for a recurring gift, or in a currency without monthly presets", () => {
  const sixty = money("60", "EUR");
  expect(suggestMonthlyAmount({ money: sixty, frequency: "monthly" }, publication)).toBeNull();
  expect(suggestMonthlyAmount({ money: sixty, frequency: "yearly" }, publication)).toBeNull();
  expect(suggestMonthlyAmount({ money: sixty, frequency: "once" }, { currencies: {} })).toBeNull();
});
