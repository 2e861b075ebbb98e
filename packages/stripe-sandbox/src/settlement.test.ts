import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { toSettlementCurrency } from "./money";
import { parseSettings } from "./settings";
import { CONFIRM_WITHOUT_REDIRECT_PARAMS, openTestSandbox, type TestSandbox } from "./testing/test-sandbox";

let bench: TestSandbox;
beforeAll(async () => {
  bench = await openTestSandbox({ settles: "usd" });
});
afterAll(() => bench.close());

test("an account with one balance converts every other currency, and takes back what it converted", async () => {
  const { latest_charge } = await bench.stripe.paymentIntents.create({
    ...{ amount: 1_000, currency: "eur", payment_method: "pm_card_visa" },
    ...CONFIRM_WITHOUT_REDIRECT_PARAMS,
  });
  await bench.takeEventTypesUntil("charge.updated");
  const charge = String(latest_charge);
  await bench.stripe.refunds.create({ charge, amount: 333 });
  await bench.stripe.refunds.create({ charge, amount: 667 });
  await bench.takeEventTypesUntil("refund.created", 2);
  const { data } = await bench.stripe.balanceTransactions.list();
  const [paid] = data.filter(({ type }) => type === "charge");
  // 10.00 EUR at 1.08 are 10.80 USD. The fee is 2.9% of 10.80 plus 0.30 USD.
  expect(paid).toMatchObject({ amount: 1_080, currency: "usd", exchange_rate: 1.08, fee: 61, net: 1_019 });
  const back = data.filter(({ type }) => type === "refund");
  expect(back.map(({ currency }) => currency)).toEqual(["usd", "usd"]);
  expect(back.reduce((sum, { amount }) => sum + amount, 0)).toBe(-1_080);
});

describe("a sum is settled with the decimals of both currencies, and unchanged in a currency that needs no conversion", () => {
  const cases = [
    [{ amount: 1_500, currency: "jpy" }, "usd", { amount: 1_005, currency: "usd" }],
    [{ amount: 1_005, currency: "usd" }, "jpy", { amount: 1_500, currency: "jpy" }],
    [{ amount: 5_000, currency: "kwd" }, "eur", { amount: 1_505, currency: "eur" }],
    [{ amount: 1_270, currency: "gbp" }, "gbp", { amount: 1_270, currency: "gbp" }],
  ] as const;
  test.each(cases)("%o is settled in %s", (sum, settles, settled) => {
    expect(toSettlementCurrency(sum, settles)).toMatchObject(settled);
  });
});

test("without the setting there is a balance in each of four currencies, and the others become dollars", () => {
  expect(parseSettings({}, {}).settles).toBeNull();
  for (const currency of ["usd", "eur", "gbp", "jpy"])
    expect(toSettlementCurrency({ amount: 700, currency })).toEqual({ amount: 700, currency, exchangeRate: null });
  expect(toSettlementCurrency({ amount: 1_000, currency: "chf" })).toMatchObject({ amount: 1_120, currency: "usd" });
});

test("a currency without a balance is refused at start", () => {
  expect(parseSettings({}, { STRIPE_SANDBOX_SETTLES: "eur" }).settles).toBe("eur");
  expect(() => parseSettings({}, { STRIPE_SANDBOX_SETTLES: "pln" })).toThrow(/STRIPE_SANDBOX_SETTLES \(--settles\)/);
});
