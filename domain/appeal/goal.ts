import { type Currency, isStripeCurrency, type Money, parseAmount } from "../money";
import { toDecimalWithoutTrailingZeros } from "./preset-choices";

export const GOAL_CURRENCY_SCOPES = ["currency", "all"] as const;

/**
 * `amount`: in major units, as a decimal number. `from` and `until`: the first and the last day that count, in the
 * newsroom's time zone. If `counts` is `currency`, only gifts in the goal's currency count. If `counts` is `all`, all
 * gifts count, converted as in the newsroom's own totals.
 */
export type Goal = {
  amount: string;
  currency: Currency;
  from: string;
  until: string;
  counts: (typeof GOAL_CURRENCY_SCOPES)[number];
};

export type GoalFieldProblem = {
  field: "amount" | "currency" | "from" | "until";
  reason: "not-offered" | "not-converted" | "not-an-amount" | "not-a-day" | "before-start" | "too-many-days";
};
export type TypedGoalCheckResult =
  | { kind: "goal"; goal: Goal | null }
  | { kind: "refused"; problems: GoalFieldProblem[] };

const DAY_MS = 24 * 60 * 60 * 1000;
/** The maximum number of days of a goal, because computing its progress reads the totals of each day. */
export const MAX_GOAL_DAYS = 366;

type TypedGoal = Record<keyof Goal, string>;
/**
 * `offered`: the publication's currencies. `reporting`: the currency into which the newsroom's totals are converted.
 */
type Currencies = { offered: readonly Currency[]; reporting: Currency };

/** Checks a goal as typed. An empty amount means that the appeal has no goal. */
export function parseTypedGoal(typed: TypedGoal, { offered, reporting }: Currencies): TypedGoalCheckResult {
  const { amount, currency, from, until } = typed;
  const counts = typed.counts === "all" ? "all" : "currency";
  if (amount.trim() === "") return { kind: "goal", goal: null };
  const problems: GoalFieldProblem[] = [];
  const refuse = (field: GoalFieldProblem["field"], reason: GoalFieldProblem["reason"]) =>
    problems.push({ field, reason });
  if (!isStripeCurrency(currency) || !offered.includes(currency)) refuse("currency", "not-offered");
  else if (counts === "all" && currency !== reporting) refuse("currency", "not-converted");
  const parsed = isStripeCurrency(currency) ? parseAmount(amount, currency) : null;
  if (parsed?.kind === "refused") refuse("amount", "not-an-amount");
  if (!isDay(from)) refuse("from", "not-a-day");
  if (!isDay(until)) refuse("until", "not-a-day");
  if (problems.length === 0 && until < from) refuse("until", "before-start");
  if (problems.length === 0 && daysBetween(from, until) >= MAX_GOAL_DAYS) refuse("until", "too-many-days");
  if (problems.length > 0 || parsed?.kind !== "amount") return { kind: "refused", problems };
  return {
    kind: "goal",
    goal: { amount: toDecimalWithoutTrailingZeros(parsed.money), currency: parsed.money.currency, from, until, counts },
  };
}

function isDay(text: string): boolean {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  return at !== null && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

function daysBetween(from: string, until: string): number {
  return Math.round((Date.parse(until) - Date.parse(from)) / DAY_MS);
}

export type GoalProgress = {
  goal: Money;
  /** The amount received less refunds and disputes, rounded down to a hundredth of the goal to hide single gifts. */
  kept: Money;
  /** From 0 to 100. It stays 100 if the amount exceeds the goal. */
  percent: number;
  lastDay: string;
  asOf: Date;
  /** The day of the oldest exchange rate used for gifts in other currencies. Null if no gift was converted. */
  oldestRateDay: string | null;
};

export type KeptAmountCountedTowardGoal = { keptMinor: number; asOf: Date; oldestRateDay: string | null };

/**
 * Returns the progress, or null if the goal's amount is not valid. `keptMinor` can be negative after large refunds. The
 * progress is then zero.
 */
export function goalProgressOf(
  goal: Goal,
  { keptMinor, asOf, oldestRateDay }: KeptAmountCountedTowardGoal,
): GoalProgress | null {
  const parsed = parseAmount(goal.amount, goal.currency);
  if (parsed.kind !== "amount") return null;
  const { amountMinor } = parsed.money;
  const hundredths = Math.max(0, Math.floor((keptMinor * 100) / amountMinor));
  const kept = { amountMinor: Math.floor((amountMinor * hundredths) / 100), currency: goal.currency };
  return { goal: parsed.money, kept, percent: Math.min(100, hundredths), lastDay: goal.until, asOf, oldestRateDay };
}
