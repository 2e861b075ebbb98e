import type Stripe from "stripe";
import type { Language } from "../locales/languages";

export const COUNTRIES =
  `AD AE AF AG AI AL AM AO AR AT AU AW AZ BA BB BD BE BF BG BH BI BJ BM BN BO BQ BR BS BT BW BY BZ CA CD CF CG CH CI CL
  CM CN CO CR CV CW CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FO FR GA GB GD GE GF GH GI GL GM GN GQ GR GT GW GY
  HK HN HR HT HU ID IE IL IN IQ IS IT JM JO JP KE KG KH KI KM KN KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD
  ME MG MK ML MM MN MO MR MS MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OM PA PE PG PH PK PL PS PT PY QA RO RS RU
  RW SA SB SC SE SG SI SK SL SM SN SO SR SS ST SV SZ TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VN
  VU WS XK YE ZA ZM ZW`.split(/\s+/);

export const COUNTRIES_REQUIRING_POSTAL_CODE = ["CA", "GB", "US"];

/** The country to preselect if the locale names only a language. */
const OF_LANGUAGE: Record<string, string> = {
  ...{ ar: "EG", de: "DE", en: "US", es: "ES", fr: "FR", it: "IT", ja: "JP", nl: "NL", pl: "PL", pt: "PT", ru: "RU" },
  uk: "UA",
};

/**
 * Returns the country to preselect: the one in a test e-mail address such as x+location_DE@example.com (as at Stripe),
 * otherwise that of the locale, otherwise US.
 */
export function guessCountry(session: Stripe.Checkout.Session, { locale }: Language): string {
  const tagged = /\+location_([A-Z]{2})/.exec(session.customer_email ?? "")?.[1];
  const [language = "en", ...parts] = locale.split("-");
  const region = parts.find((part) => /^[A-Z]{2}$/i.test(part))?.toUpperCase();
  return [tagged, region].find((code) => code && COUNTRIES.includes(code)) ?? OF_LANGUAGE[language] ?? "US";
}
