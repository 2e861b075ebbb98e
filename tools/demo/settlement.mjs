/** The currencies into which the Stripe stand-in can convert (packages/stripe-sandbox/src/money.ts). */
const BALANCES = ["usd", "eur", "gbp", "jpy"];

/**
 * Makes the stand-in convert all payments to the currency of the totals, so that the totals include every gift. Does
 * nothing if the stand-in cannot convert to that currency, or if STRIPE_SANDBOX_SETTLES names another one.
 * @param {import("../run/settings.mjs").Stack} stack
 */
export async function configureSettlementCurrency({ settings }) {
  // The module is imported here and not at the top, because it needs esbuild, which the demo installs.
  const { loadPublication } = await import("../build/reader-script.mjs");
  const { reporting, currencies } = await loadPublication();
  const currency = (reporting?.currency ?? Object.keys(currencies)[0] ?? "").toLowerCase();
  if (BALANCES.includes(currency)) settings.STRIPE_SANDBOX_SETTLES ??= currency;
}
