// Guesses a reader's currency. Runs in the browser, so that the server sends the same page to everyone.
import type { Currency } from "../money";

const EURO_REGIONS = "AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV ME MT NL PT SI SK XK".split(" ");

type Reader = {
  /** Language tags such as `de-AT`, with the preferred language first. */
  languages: readonly string[];
  timeZone: string;
  /** Returns the time zones of a region, or an empty list if the browser does not know them. */
  zonesOf: (region: string) => readonly string[];
};

/**
 * Returns the offered currency that people use in the reader's region, or null. Derives the region from the time zone.
 * Uses the browser's languages only if no offered currency belongs to the time zone: a language says little about the
 * region, because people read English everywhere.
 */
export function likelyCurrency(
  offered: readonly Currency[],
  { languages, timeZone, zonesOf }: Reader,
): Currency | null {
  const inZone = offered.find((currency) => regionsOf(currency).some((region) => zonesOf(region).includes(timeZone)));
  if (inZone) return inZone;
  const regions = languages.map(regionOf);
  const read = regions.map((region) => offered.find((currency) => regionsOf(currency).includes(region)));
  return read.find((currency) => currency !== undefined) ?? null;
}

/**
 * Returns the regions that use the currency. The code of a country's own currency begins with the country's code. The
 * euro is shared, so its regions are in a list.
 */
function regionsOf(currency: Currency): string[] {
  return currency === "EUR" ? EURO_REGIONS : [currency.slice(0, 2)];
}

/**
 * Returns the region of a language tag. `de` has no region and counts as Germany. Ignores invalid ends: some systems
 * give browsers tags such as `en-US@posix`.
 */
function regionOf(language: string): string {
  const [tag = ""] = language.split(/[^\w-]/, 1);
  try {
    return new Intl.Locale(tag).maximize().region ?? "";
  } catch {
    return "";
  }
}
