import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { translator } from "@/content/messages";
import type { ExchangeRate } from "@/domain/newsroom/exchange";
import { ExchangeRatesNote } from "./exchange-rates-note";

test("a rate is written as its readers write numbers, without needless zeros", () => {
  const rate = { currency: "EUR", to: "USD", numerator: 108n, denominator: 100n, day: "2026-11-24", sourceName: "ECB" };
  const text = (locale: string, each: Partial<ExchangeRate>) =>
    renderToStaticMarkup(
      <ExchangeRatesNote
        t={translator(locale)}
        lines={[{ rates: [{ ...rate, ...each } as ExchangeRate], missing: [] }]}
      />,
    );
  expect(text("en", {})).toContain("1 EUR = 1.08 USD");
  expect(text("ru", {})).toContain("1 EUR = 1,08 USD");
  expect(text("ru", { currency: "JPY", numerator: 670_112n, denominator: 1_000_000n })).toContain(
    "1 JPY = 0,006701 USD",
  );
});
