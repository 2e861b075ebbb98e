// Selects the currency that was last chosen on this device, or else the likely one. A currency in the URL takes
// precedence, and so does one that the reader has already chosen in this form.
import { likelyCurrency } from "../../domain/giving/likely-currency";
import type { Currency } from "../../domain/money";
import { updateReaderMemory } from "./reader-memory";

/**
 * Browsers list the time zones of a region by getTimeZones(), older browsers in the property `timeZones`. Some browsers
 * have neither.
 */
type Zoned = Intl.Locale & { getTimeZones?: () => string[]; timeZones?: string[] };

let likely: Currency | null | undefined;

export function rememberCurrencyOnChange(select: HTMLSelectElement): void {
  select.addEventListener("change", () => {
    updateReaderMemory((reader) => ({ ...reader, currency: select.value }));
  });
}

/** Selects the device's currency. If none is stored, the first call on a page takes tens of milliseconds on a phone. */
export function selectRememberedOrLikelyCurrency(select: HTMLSelectElement): void {
  if (!select.selectedOptions[0]?.defaultSelected || new URLSearchParams(location.search).has("currency")) return;
  // This field contains only valid currencies, because the server writes them.
  const offered = Array.from(select.options, ({ value }) => value as Currency);
  const chosen = updateReaderMemory((reader) => reader)?.currency;
  const own = offered.find((currency) => currency === chosen) ?? guess(offered);
  if (own) select.value = own;
}

/** Returns the likely currency. Guesses only once for each page, because all its forms offer the same currencies. */
function guess(offered: Currency[]): Currency | null {
  if (likely === undefined) {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    likely = likelyCurrency(offered, { timeZone, languages: navigator.languages, zonesOf });
  }
  return likely;
}

function zonesOf(region: string): string[] {
  const place: Zoned = new Intl.Locale(`und-${region}`);
  return place.getTimeZones?.() ?? place.timeZones ?? [];
}
