// The questions of `npm run newsroom`, one after another. Each answer is checked as soon as it is typed.
import * as prompts from "@clack/prompts";
import type { z } from "zod";
import { type Currency, isCurrency } from "../../domain/currencies";
import { proposeAccent } from "./accent";
import { LANGUAGES, problemOf, proposeId, proposeInitials, proposeShortName, RULES } from "./answers";
import { problemOfSums, proposeSums, SUMS, type Sums, type SumsName, splitSums } from "./sums";

/** The person ended the questions, with Ctrl-C or Escape. Nothing has been written. */
export class Cancelled extends Error {}

const SUMS_QUESTIONS: Record<SumsName, string> = {
  monthly: "Amounts to give every month",
  yearly: "Amounts to give every year",
  once: "Amounts to give once",
  limits: "The smallest and the largest gift",
  secondPerson: "Above which amount does a refund need a second colleague?",
};

/** The answers as parseAnswers() takes them. */
export async function askAll(): Promise<unknown> {
  const name = await text("The newsroom's name", RULES.name);
  const about = {
    name,
    shortName: await text("A short name, for home screens", RULES.shortName, proposeShortName(name)),
    motto: await text("One line about it, for the front page", RULES.motto),
    founded: await text("Founded in the year", RULES.founded),
    initials: await text("The letters on the icon", RULES.initials, proposeInitials(name)),
    id: await text("The mark of this site's gifts at Stripe, which stays for ever", RULES.id, proposeId(name)),
  };
  const light = await text("The accent colour on a light page", RULES.accentLight);
  const dark = await text("The accent colour on a dark page", RULES.accentDark, proposeAccent(light, "dark"));
  const languages = await askLanguages();
  const currencies = await askCurrencies();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return {
    ...about,
    ...{ accent: { light, dark }, languages, currencies },
    timeZone: await text(
      "The time zone of its days",
      RULES.timeZone,
      problemOf(RULES.timeZone, zone) ? undefined : zone,
    ),
    contact: await text("The e-mail address that readers write to", RULES.contact),
    recipient: await askRecipient(),
  };
}

async function askLanguages(): Promise<string[]> {
  if (LANGUAGES.length === 1) return LANGUAGES;
  const names = new Intl.DisplayNames("en", { type: "language" });
  const options = LANGUAGES.map((value) => ({ value, label: names.of(value) ?? value }));
  const first = await answered(prompts.select({ message: "The first language", options }));
  const others = options.filter(({ value }) => value !== first);
  const more = await answered(prompts.multiselect({ message: "Other languages", options: others, required: false }));
  return [first, ...more];
}

async function askCurrencies(): Promise<Partial<Record<Currency, Sums>>> {
  const codes = await text("The currencies, the first one first (such as CHF EUR)", {
    safeParse: (typed: unknown) => ({ error: problemOfCodes(String(typed)) }),
  });
  const all: Partial<Record<Currency, Sums>> = {};
  for (const currency of codesIn(codes)) if (isCurrency(currency)) all[currency] = await askSums(currency);
  return all;
}

function codesIn(typed: string): string[] {
  return [
    ...new Set(
      typed
        .toUpperCase()
        .split(/[\s,;]+/)
        .filter(Boolean),
    ),
  ];
}

function problemOfCodes(typed: string) {
  const codes = codesIn(typed);
  if (codes.length === 0 || codes.length > 8) return { issues: [{ message: "write one to eight codes" }] };
  const wrong = codes.find((code) => problemOf(RULES.currency, code));
  return wrong === undefined ? undefined : { issues: [{ message: `${wrong} is no currency that Stripe charges in` }] };
}

async function askSums(currency: Currency): Promise<Sums> {
  const proposed = proposeSums(currency);
  const sums: Partial<Sums> = {};
  // The limits come first, because the others must lie within them.
  for (const name of ["limits", ...SUMS.filter((each) => each !== "limits")] as SumsName[]) {
    const limits = name === "limits" || name === "secondPerson" ? undefined : sums.limits;
    const typed = await text(
      `${currency}: ${SUMS_QUESTIONS[name]}`,
      {
        safeParse: (typed: unknown) => {
          const problem = problemOfSums(splitSums(String(typed)), { name, currency, limits });
          return { error: problem ? { issues: [{ message: problem }] } : undefined };
        },
      },
      proposed?.[name].join(" "),
    );
    sums[name] = splitSums(typed);
  }
  return sums as Sums;
}

async function askRecipient() {
  const message = "Name who takes the money now? Until then the site does not start with a live key.";
  if (!(await answered(prompts.confirm({ message })))) return undefined;
  const legalName = await text("The organisation's legal name", RULES.legalName);
  return {
    legalName,
    registration: await text("Its register and number, if it is registered", RULES.registration, ""),
    address: await text("Its postal address", RULES.address),
    taxNote: await text(
      "The sentence about tax on receipts",
      RULES.taxNote,
      `Gifts to ${legalName} are not tax-deductible.`,
    ),
  };
}

/** `proposed`: taken when nothing is typed. */
async function text(
  message: string,
  rule: z.ZodType | { safeParse: (typed: unknown) => { error?: { issues: { message: string }[] } } },
  proposed?: string,
): Promise<string> {
  const validate = (typed: string | undefined) => rule.safeParse(typed || proposed || "").error?.issues[0]?.message;
  return (await answered(prompts.text({ message, placeholder: proposed, defaultValue: proposed, validate }))).trim();
}

export async function answered<Answer>(asked: Promise<Answer>): Promise<Exclude<Answer, symbol>> {
  const answer = await asked;
  if (prompts.isCancel(answer)) throw new Cancelled();
  return answer as Exclude<Answer, symbol>;
}
