import { likelyCurrency } from "../../domain/giving/likely-currency";
import type { Currency } from "../../domain/money";
import { updateReaderMemory } from "./memory";

/** Some browsers cannot list a region's time zones. Older browsers have the property `timeZones` instead of the method. */
type Zoned = Intl.Locale & { getTimeZones?: () => string[]; timeZones?: string[] };

export function offerOwnCurrency(select: HTMLSelectElement): void {
  // The server lists only valid currencies in this field.
  const offered = Array.from(select.options, ({ value }) => value as Currency);
  const chosen = updateReaderMemory((reader) => reader)?.currency;
  const own = offered.find((currency) => currency === chosen) ?? guess(offered);
  if (own && !new URLSearchParams(location.search).has("currency")) select.value = own;
  select.addEventListener("change", () => {
    updateReaderMemory((reader) => ({ ...reader, currency: select.value }));
  });
}

function guess(offered: Currency[]): Currency | null {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return likelyCurrency(offered, { timeZone, languages: navigator.languages, zonesOf });
}

function zonesOf(region: string): string[] {
  const place: Zoned = new Intl.Locale(`und-${region}`);
  return place.getTimeZones?.() ?? place.timeZones ?? [];
}
