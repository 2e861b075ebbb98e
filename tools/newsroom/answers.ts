// Checks the answers of a newsroom. The same rules apply to typed answers and to a file of answers.
import { z } from "zod";
import { type Currency, isStripeCurrency } from "../../domain/currencies";
import { parseEmailAddress } from "../../domain/email-address";
import type { CardFee } from "../../domain/publication";
import { listCompleteLanguages } from "../content/messages";
import { type ColorScheme, lowestContrastOf, MIN_CONTRAST, proposeAccent } from "./accent";
import { AMOUNT_LIST_NAMES, type AmountsByQuestion, findAmountsProblem, proposeAmounts } from "./amounts";
import { findCardFeeProblem } from "./card-fee";
import { hasFontFor } from "./icons";
import { proposeInitials, proposePublicationId, proposeShortName } from "./short-names";

export const MAX_CURRENCIES = 8;
const FIRST_NEWSPAPER = 1605;

const line = (maxLength: number) =>
  z.string().trim().min(1, "write something").max(maxLength, `at most ${maxLength} characters`);
const oneOf = (choices: readonly string[]) => (text: string) => choices.includes(text);

export const SELECTABLE_SITE_LANGUAGES = listCompleteLanguages();

function accent(scheme: ColorScheme) {
  return z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^#[0-9a-f]{6}$/, "write six digits as in #9b1c1f")
    .superRefine((colour, context) => {
      const contrast = lowestContrastOf(colour, scheme);
      if (contrast < MIN_CONTRAST)
        context.addIssue(
          `contrast ${contrast.toFixed(1)} in the ${scheme} scheme, and readers need ${MIN_CONTRAST}: ${proposeAccent(colour, scheme)} would do`,
        );
    });
}

export const SETUP_ANSWER_RULES = {
  name: line(60),
  shortName: line(12),
  initials: line(3).refine(hasFontFor, "use one to three Latin, Cyrillic or Greek letters"),
  id: line(40).regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "lower-case letters, digits and single hyphens"),
  motto: line(100),
  founded: z.coerce
    .number("write a year")
    .int("write a year")
    .min(FIRST_NEWSPAPER, `the first newspaper appeared in ${FIRST_NEWSPAPER}`)
    .max(2100, "write a year"),
  accentLight: accent("light"),
  accentDark: accent("dark"),
  timeZone: line(60).refine(isTimeZone, "write a name of the IANA list, such as Europe/Zurich"),
  contact: line(254).refine((text) => parseEmailAddress(text).kind === "address", "write an e-mail address"),
  currency: z
    .string()
    .trim()
    .toUpperCase()
    .refine(isStripeCurrency, "write a code that Stripe charges in, such as CHF"),
  legalName: line(120),
  registration: z.string().trim().max(120, "at most 120 characters"),
  address: line(200),
  taxNote: line(300),
};

const list = z.array(z.string()).optional();
const terms = z.strictObject({
  ...{ limits: list, monthly: list, yearly: list, once: list, secondPerson: list },
  cardFee: z.strictObject({ percent: z.string(), fixed: z.string() }).optional(),
});

const file = z.strictObject({
  name: SETUP_ANSWER_RULES.name,
  ...{
    shortName: SETUP_ANSWER_RULES.shortName.optional(),
    initials: SETUP_ANSWER_RULES.initials.optional(),
    id: SETUP_ANSWER_RULES.id.optional(),
  },
  motto: SETUP_ANSWER_RULES.motto,
  founded: SETUP_ANSWER_RULES.founded,
  accent: z.strictObject({ light: SETUP_ANSWER_RULES.accentLight, dark: SETUP_ANSWER_RULES.accentDark.optional() }),
  languages: z
    .array(
      z
        .string()
        .refine(oneOf(SELECTABLE_SITE_LANGUAGES), `there are messages in ${SELECTABLE_SITE_LANGUAGES.join(", ")}`),
    )
    .min(1, "name one language")
    .default(["en"]),
  currencies: z
    .record(z.string(), terms)
    .refine((all) => Object.keys(all).every(isStripeCurrency), "a code that Stripe does not charge in")
    .refine((all) => Object.keys(all).length > 0, "name one currency")
    .refine((all) => Object.keys(all).length <= MAX_CURRENCIES, `at most ${MAX_CURRENCIES} currencies`),
  timeZone: SETUP_ANSWER_RULES.timeZone,
  contact: SETUP_ANSWER_RULES.contact,
  recipient: z
    .strictObject({
      legalName: SETUP_ANSWER_RULES.legalName,
      registration: SETUP_ANSWER_RULES.registration.default(""),
      address: SETUP_ANSWER_RULES.address,
      taxNote: SETUP_ANSWER_RULES.taxNote,
    })
    .optional(),
});

/** A currency's amounts. Without `cardFee`, readers are not asked to cover the card fee. */
export type AnsweredCurrencyTerms = AmountsByQuestion & { cardFee?: CardFee | undefined };

export type NewsroomAnswers = Omit<z.infer<typeof file>, "currencies"> & {
  shortName: string;
  initials: string;
  id: string;
  accent: { light: string; dark: string };
  currencies: Partial<Record<Currency, AnsweredCurrencyTerms>>;
};

export type ParseAnswersResult =
  | { kind: "answers"; answers: NewsroomAnswers }
  | { kind: "refused"; problems: string[] };

/** Checks the answers. Fills in proposals for missing short names, a missing dark accent and missing amounts. */
export function parseAnswers(input: unknown): ParseAnswersResult {
  const parsed = file.safeParse(input);
  if (!parsed.success)
    return {
      kind: "refused",
      problems: parsed.error.issues.map(({ path, message }) => `${path.join(".") || "answers"}: ${message}`),
    };
  const { currencies: named, ...answers } = parsed.data;
  const { name, accent } = answers;
  const currencies = Object.fromEntries(
    Object.entries(named).map(([code, own]) => [
      code,
      { ...proposeAmounts(code as Currency), ...own } as Partial<AnsweredCurrencyTerms>,
    ]),
  );
  const problems = Object.entries(currencies).flatMap(([code, own]) => problemsOfCurrency(code as Currency, own));
  const short = {
    shortName: answers.shortName ?? proposeShortName(name),
    initials: answers.initials ?? proposeInitials(name),
    id: answers.id ?? proposePublicationId(name),
  };
  problems.push(...problemsOfShort(short));
  if (problems.length > 0) return { kind: "refused", problems };
  return {
    kind: "answers",
    answers: {
      ...answers,
      ...short,
      accent: { light: accent.light, dark: accent.dark ?? proposeAccent(accent.light, "dark") },
      currencies: currencies as NewsroomAnswers["currencies"],
    },
  };
}

/**
 * Returns the problems of the short name, the initials and the id. Even a value that was derived from the name can
 * break its rule. For example, a name without Latin letters and digits gives an empty id.
 */
function problemsOfShort(short: Pick<NewsroomAnswers, "shortName" | "initials" | "id">): string[] {
  return (["shortName", "initials", "id"] as const).flatMap((name) => {
    const problem = findAnswerProblem(SETUP_ANSWER_RULES[name], short[name]);
    return problem ? [`${name}: ${problem}`] : [];
  });
}

function problemsOfCurrency(currency: Currency, own: Partial<AnsweredCurrencyTerms>): string[] {
  const missing = AMOUNT_LIST_NAMES.filter((name) => !own[name]);
  if (missing.length > 0)
    return [`currencies.${currency}: Stripe names no smallest charge to start from, so write ${missing.join(", ")}`];
  const problems = AMOUNT_LIST_NAMES.flatMap((name) => {
    const limits = name === "limits" || name === "secondPerson" ? undefined : own.limits;
    const problem = findAmountsProblem(own[name] ?? [], { name, currency, limits });
    return problem ? [`currencies.${currency}.${name}: ${problem}`] : [];
  });
  const fee = own.cardFee && findCardFeeProblem(own.cardFee, currency);
  return fee ? [...problems, `currencies.${currency}.cardFee: ${fee}`] : problems;
}

/** Returns the problem of an answer. Returns undefined if there is none, because the prompt library expects that. */
export function findAnswerProblem(rule: z.ZodType, text: string | undefined): string | undefined {
  return rule.safeParse(text ?? "").error?.issues[0]?.message;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return name === "UTC" || name.includes("/");
  } catch {
    return false;
  }
}
