// Guesses a reader's currency from their time zone and languages. Runs on the device, so that the page is the same for everyone and nothing
// is sent.
import type { Currency } from "../money";

const EURO_REGIONS = "AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV ME MT NL PT SI SK XK".split(" ");

type Reader = {
  /** The preferred language first, each as a tag such as `de-AT`. */
  languages: readonly string[];
  timeZone: string;
  /** The time zones of a region. Empty if the browser does not know. */
  zonesOf: (region: string) => readonly string[];
};

/** Null if nothing points to one of the currencies. The time zone counts before the languages, because English is read everywhere. */
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

/** A currency's code begins with its country's, unless countries share one. */
function regionsOf(currency: Currency): string[] {
  return currency === "EUR" ? EURO_REGIONS : [currency.slice(0, 2)];
}

/** `de` alone counts as the German of Germany. Some systems give their browsers invalid tags, such as `en-US@posix`. */
function regionOf(language: string): string {
  const [tag = ""] = language.split(/[^\w-]/, 1);
  try {
    return new Intl.Locale(tag).maximize().region ?? "";
  } catch {
    return "";
  }
}
