import { isExchangeRate, parseAmount, toDecimal } from "../money";
import { type Currency, currenciesOf, defaultCurrencyOf, type Publication } from "../publication";
import { type Arm, dateOfEpochDay, type Experiment, type ExperimentPlan, epochDayOf, HOLD_OUT_ARM } from "./experiment";

/** The last day on which new devices join can be at most this many days after today. */
export const MAX_DAYS_UNTIL_LAST_JOIN_DAY = 90;

/** The form's texts as typed. The keys of `shares` are variants and HOLD_OUT_ARM, those of `rates` are currencies. */
export type ExperimentPlanFormValues = {
  name: string;
  shares: Record<string, string>;
  currency: string;
  rates: Record<string, string>;
  cap: string;
  readers: string;
  effect: string;
  lastDay: string;
};

export type ExperimentPlanField = "name" | "shares" | "rates" | "cap" | "readers" | "effect" | "lastDay";
export type ParseExperimentPlanResult =
  | { kind: "plan"; name: string; plan: ExperimentPlan }
  | { kind: "refused"; fields: ExperimentPlanField[] };

export type ExperimentPlanFormContext = {
  appeal: string;
  variants: readonly string[];
  publication: Pick<Publication, "currencies">;
  now: Date;
};

const USUAL_DAYS = 30;
const MAX_FIELD_LENGTH = 80;
const MAX_READERS = 100_000_000;

export function newExperimentPlanForm({
  variants,
  publication,
  now,
}: ExperimentPlanFormContext): ExperimentPlanFormValues {
  const [first = "", second] = variants;
  const shares: Record<string, string> = second
    ? { [first]: "50", [second]: "50" }
    : { [first]: "90", [HOLD_OUT_ARM]: "10" };
  const currency = defaultCurrencyOf(publication);
  const lastDay = formatEpochDay(epochDayOf(now) + USUAL_DAYS);
  return { name: "", shares, currency, rates: {}, cap: "", readers: "", effect: "", lastDay };
}

export function planFormOf(experiment: Experiment): ExperimentPlanFormValues {
  const { name, arms, currency, rates, capMinor, plannedReaders, smallestEffectMinor, lastDay } = experiment;
  return {
    name,
    shares: Object.fromEntries(arms.map(({ arm, share }) => [arm, String(share)])),
    currency,
    rates: { ...rates },
    cap: toDecimal({ amountMinor: capMinor, currency }),
    readers: String(plannedReaders),
    effect: toDecimal({ amountMinor: Math.round(smallestEffectMinor * 1000), currency }),
    lastDay: formatEpochDay(lastDay),
  };
}

export function planFormFields({ shares, rates, lastDay, ...rest }: ExperimentPlanFormValues): Record<string, string> {
  const named = (prefix: string, values: Record<string, string>) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}-${name}`, value]));
  return { ...rest, ...named("share", shares), ...named("rate", rates), "last-day": lastDay };
}

export function formatEpochDay(day: number): string {
  return dateOfEpochDay(day).toISOString().slice(0, 10);
}

/**
 * Reads the form without checking it: trims the fields and cuts them at MAX_FIELD_LENGTH. A missing field counts as
 * empty.
 */
export function readPlanForm(
  text: (name: string) => string | null,
  { variants, publication }: ExperimentPlanFormContext,
): ExperimentPlanFormValues {
  const short = (name: string) => (text(name) ?? "").trim().slice(0, MAX_FIELD_LENGTH);
  const named = (prefix: string, names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, short(`${prefix}-${name}`)]));
  return {
    name: short("name"),
    shares: named("share", [...variants, HOLD_OUT_ARM]),
    currency: short("currency"),
    rates: named("rate", currenciesOf(publication)),
    cap: short("cap"),
    readers: short("readers"),
    effect: short("effect"),
    lastDay: short("last-day"),
  };
}

export function parseExperimentPlan(
  form: ExperimentPlanFormValues,
  terms: ExperimentPlanFormContext,
): ParseExperimentPlanResult {
  const currency = currenciesOf(terms.publication).find((each) => each === form.currency);
  const arms = parseArms(form, terms);
  const rates = parseRates(form, terms);
  const capMinor = currency ? minorOf(form.cap, currency) : null;
  const milli = currency ? minorOf(form.effect, currency) : null;
  const plannedReaders = parseReaders(form.readers);
  const lastDay = parseLastDay(form.lastDay, terms.now);
  const isWhole = form.name !== "" && currency && arms && rates && capMinor && milli && plannedReaders && lastDay;
  if (isWhole) {
    const plan = { appeal: terms.appeal, arms, currency, rates, capMinor, plannedReaders, lastDay };
    // The form asks for the amount per thousand readers; the plan stores the amount per reader.
    return { kind: "plan", name: form.name, plan: { ...plan, smallestEffectMinor: milli / 1000 } };
  }
  const missing: Record<ExperimentPlanField, unknown> = {
    ...{ name: form.name, shares: arms, rates, cap: capMinor, readers: plannedReaders, effect: milli, lastDay },
  };
  return {
    kind: "refused",
    fields: (Object.keys(missing) as ExperimentPlanField[]).filter((field) => !missing[field]),
  };
}

/**
 * Returns the arms (the variants and the control group) with their shares. Leaves out arms whose share is empty or 0.
 * Returns null unless all shares are whole numbers with the sum 100, and at least two arms are left, the first of them
 * a variant.
 */
function parseArms({ shares }: ExperimentPlanFormValues, { variants }: ExperimentPlanFormContext): Arm[] | null {
  const arms = [...variants, HOLD_OUT_ARM].map((arm) => ({ arm, share: shares[arm] ? parseWhole(shares[arm]) : 0 }));
  if (arms.some(({ share }) => share === null)) return null;
  const taken = arms.flatMap(({ arm, share }) => (share ? [{ arm, share }] : []));
  const sum = taken.reduce((sum, { share }) => sum + share, 0);
  return sum === 100 && taken.length > 1 && taken[0]?.arm !== HOLD_OUT_ARM ? taken : null;
}

/**
 * Returns the exchange rates of the plan. Leaves out a currency with an empty field; gifts in this currency then count
 * as zero. Returns null if a rate is not valid.
 */
function parseRates(
  { rates, currency }: ExperimentPlanFormValues,
  { publication }: ExperimentPlanFormContext,
): ExperimentPlan["rates"] | null {
  const otherCurrencies = currenciesOf(publication).filter((each) => each !== currency && rates[each]);
  const parsed = otherCurrencies.map((each): [Currency, string] => [each, (rates[each] ?? "").replace(",", ".")]);
  return parsed.every(([, rate]) => isExchangeRate(rate)) ? Object.fromEntries(parsed) : null;
}

function minorOf(text: string, currency: Currency): number | null {
  const parsed = parseAmount(text, currency);
  return parsed.kind === "amount" ? parsed.money.amountMinor : null;
}

function parseReaders(text: string): number | null {
  const readers = parseWhole(text.replace(/[\s,.]/g, ""));
  return readers !== null && readers >= 100 && readers <= MAX_READERS ? readers : null;
}

function parseLastDay(text: string, now: Date): number | null {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  if (!at || Number.isNaN(at.getTime())) return null;
  const [day, today] = [epochDayOf(at), epochDayOf(now)];
  return day >= today && day <= today + MAX_DAYS_UNTIL_LAST_JOIN_DAY ? day : null;
}

function parseWhole(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}
