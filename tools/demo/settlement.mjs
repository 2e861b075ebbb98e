// Chooses the currency into which the demo's stand-in converts every gift.

/** The stand-in's settlement currencies (packages/stripe-sandbox/src/money.ts). */
const BALANCES = ["usd", "eur", "gbp", "jpy"];

/**
 * Makes the stand-in convert every gift to the currency of the newsroom's totals, so that the totals include every gift. Does nothing if the
 * stand-in has no balance in that currency.
 * @param {import("../run/settings.mjs").Stack} stack
 */
export async function settleInOneCurrency({ settings }) {
  // Import here and not at the top: it needs esbuild, which the demo may only just have installed.
  const { loadPublication } = await import("../build/reader-script.mjs");
  const { reporting, currencies } = await loadPublication();
  const currency = (reporting?.currency ?? Object.keys(currencies)[0] ?? "").toLowerCase();
  if (BALANCES.includes(currency)) settings.STRIPE_SANDBOX_SETTLES ??= currency;
}
