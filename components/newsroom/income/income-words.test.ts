import { expect, test } from "vitest";
import { formatCompactAmount, formatPercentChange } from "./income-words";

test.each(["en", "ru"])("losses have a minus sign, not a hyphen, in %s", (locale) => {
  expect(formatPercentChange(locale, 85, 100)).toMatch(/^−15\s?%$/);
  expect(formatCompactAmount(locale, { amountMinor: -8_000, currency: "USD" })).toMatch(/^−.?80/);
});
