// Selects the currency that was last chosen on this device. If none was, selects the likely one. A currency in the URL takes
// precedence, and so does one that the reader has already chosen in this form.
import { likelyCurrency } from "../../domain/giving/likely-currency";
import type { Currency } from "../../domain/money";
import { updateReaderMemory } from "./reader-memory";

/** Some browsers cannot list a region's time zones. Older browsers have the property `timeZones` instead of the method. */
type Zoned = Intl.Locale & { getTimeZones?: () => string[]; timeZones?: string[] };

let likely: Currency | null | undefined;

export function rememberCurrency(select: HTMLSelectElement): void {
  select.addEventListener("change", () => {
    updateReaderMemory((reader) => ({ ...reader, currency: select.value }));
  });
}

/** The first call on a page takes tens of milliseconds on a phone, if the device has not chosen a currency before. */
export function selectOwnCurrency(select: HTMLSelectElement): void {
  if (!select.selectedOptions[0]?.defaultSelected || new URLSearchParams(location.search).has("currency")) return;
  // The server lists only valid currencies in this field.
  const offered = Array.from(select.options, ({ value }) => value as Currency);
  const chosen = updateReaderMemory((reader) => reader)?.currency;
  const own = offered.find((currency) => currency === chosen) ?? guess(offered);
  if (own) select.value = own;
}

/** All forms of a page offer the same currencies. */
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
