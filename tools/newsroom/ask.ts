import type { Readable, Writable } from "node:stream";
import * as prompts from "@clack/prompts";
import { type Currency, isStripeCurrency } from "../../domain/currencies";
import { proposeAccent } from "./accent";
import {
  AMOUNT_LIST_NAMES,
  type AmountQuestionName,
  type AmountsByQuestion,
  findAmountsProblem,
  proposeAmounts,
  splitTypedAmounts,
} from "./amounts";
import {
  type AnsweredCurrencyTerms,
  findAnswerProblem,
  MAX_CURRENCIES,
  SELECTABLE_SITE_LANGUAGES,
  SETUP_ANSWER_RULES,
} from "./answers";
import { cardFeeExampleText, findCardFeeProblem, splitCardFee } from "./card-fee";
import { proposeInitials, proposePublicationId, proposeShortName } from "./short-names";

/** Streams that replace this process's terminal, for tests. */
export type TerminalStreams = { input?: Readable; output?: Writable };
type Check = (typed: string) => string | undefined;

/**
 * Thrown if the person cancels the setup with Ctrl-C or Escape, or does not want existing files to be replaced. The
 * setup has written no file by then.
 */
export class SetupCancelled extends Error {}

const AMOUNT_QUESTIONS: Record<AmountQuestionName, string> = {
  monthly: "amounts to give every month",
  yearly: "amounts to give every year",
  once: "amounts to give once",
  limits: "the smallest and the largest gift",
  secondPerson: "above which amount does a refund need a second colleague?",
};

export async function askSetupQuestions(terminal: TerminalStreams = {}): Promise<unknown> {
  const ask = (message: string, check: Check, proposed?: string) => askText({ message, check, proposed, terminal });
  const rule = (name: keyof typeof SETUP_ANSWER_RULES) => (typed: string) =>
    findAnswerProblem(SETUP_ANSWER_RULES[name], typed);
  const name = await ask("The newsroom's name", rule("name"));
  const about = {
    name,
    shortName: await ask("A short name, for home screens", rule("shortName"), proposeShortName(name)),
    motto: await ask("One line about it, for the front page", rule("motto")),
    founded: await ask("Founded in the year", rule("founded")),
    initials: await ask("The letters on the icon", rule("initials"), proposeInitials(name)),
    id: await ask(
      "This site's id in the metadata of its gifts at Stripe, which must never change",
      rule("id"),
      proposePublicationId(name),
    ),
  };
  const light = await ask("The accent colour on a light page, as in #9b1c1f", rule("accentLight"));
  const dark = await ask("The accent colour on a dark page", rule("accentDark"), proposeAccent(light, "dark"));
  const languages = await askLanguages(terminal);
  const currencies = await askCurrencies(terminal);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return {
    ...about,
    ...{ accent: { light, dark }, languages, currencies },
    timeZone: await ask(
      "The time zone in which its days begin",
      rule("timeZone"),
      rule("timeZone")(zone) ? undefined : zone,
    ),
    contact: await ask("The e-mail address that readers write to", rule("contact")),
    recipient: await askRecipient(terminal),
  };
}

async function askLanguages(terminal: TerminalStreams): Promise<string[]> {
  if (SELECTABLE_SITE_LANGUAGES.length === 1) return SELECTABLE_SITE_LANGUAGES;
  const names = new Intl.DisplayNames("en", { type: "language" });
  const options = SELECTABLE_SITE_LANGUAGES.map((value) => ({ value, label: names.of(value) ?? value }));
  const first = await requireUncancelledAnswer(prompts.select({ ...terminal, message: "The first language", options }));
  const others = options.filter(({ value }) => value !== first);
  const message = "Other languages";
  return [
    first,
    ...(await requireUncancelledAnswer(
      prompts.multiselect({ ...terminal, message, options: others, required: false }),
    )),
  ];
}

async function askCurrencies(terminal: TerminalStreams): Promise<Partial<Record<Currency, AnsweredCurrencyTerms>>> {
  const message = "The currencies, the default one first (such as CHF EUR)";
  const codes = codesIn(await askText({ message, check: problemOfCodes, terminal }));
  const all: Partial<Record<Currency, AnsweredCurrencyTerms>> = {};
  for (const currency of codes.filter(isStripeCurrency)) {
    const amounts = await askAmounts(currency, terminal);
    const cardFee = await askCardFee(currency, terminal);
    all[currency] = { ...amounts, ...(cardFee ? { cardFee } : {}) };
  }
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

function problemOfCodes(typed: string): string | undefined {
  const codes = codesIn(typed);
  if (codes.length === 0 || codes.length > MAX_CURRENCIES) return `write one to ${MAX_CURRENCIES} codes`;
  const wrong = codes.find((code) => !isStripeCurrency(code));
  return wrong && `${wrong} is not a currency in which Stripe charges`;
}

async function askAmounts(currency: Currency, terminal: TerminalStreams): Promise<AmountsByQuestion> {
  const proposed = proposeAmounts(currency);
  const lists: Partial<AmountsByQuestion> = {};
  for (const name of AMOUNT_LIST_NAMES) {
    const limits = name === "limits" || name === "secondPerson" ? undefined : lists.limits;
    const typed = await askText({
      ...{ message: `${currency}: ${AMOUNT_QUESTIONS[name]}`, terminal, proposed: proposed?.[name].join(" ") },
      check: (text) => findAmountsProblem(splitTypedAmounts(text), { name, currency, limits }) ?? undefined,
    });
    lists[name] = splitTypedAmounts(typed);
  }
  return lists as AmountsByQuestion;
}

async function askCardFee(currency: Currency, terminal: TerminalStreams) {
  const message = `${currency}: Stripe's card fee by your price list, such as ${cardFeeExampleText(currency)}, if readers may cover it`;
  const check = (typed: string) => {
    const fee = splitCardFee(typed);
    return (fee && findCardFeeProblem(fee, currency)) ?? undefined;
  };
  return splitCardFee(await askText({ message, check, terminal }));
}

async function askRecipient(terminal: TerminalStreams) {
  const message = "Name who takes the money now? Until then the site does not start with a live key.";
  if (!(await requireUncancelledAnswer(prompts.confirm({ ...terminal, message })))) return undefined;
  const ask = (name: "legalName" | "registration" | "address" | "taxNote", message: string, proposed?: string) =>
    askText({ message, check: (typed) => findAnswerProblem(SETUP_ANSWER_RULES[name], typed), proposed, terminal });
  const legalName = await ask("legalName", "The organisation's legal name");
  return {
    legalName,
    registration: await ask("registration", "Its register and number, if it is registered"),
    address: await ask("address", "Its postal address"),
    taxNote: await ask(
      "taxNote",
      "The sentence about tax on receipts",
      `Gifts to ${legalName} are not tax-deductible.`,
    ),
  };
}

type Question = { message: string; check: Check; proposed?: string; terminal: TerminalStreams };

async function askText({ message, check, proposed = "", terminal }: Question): Promise<string> {
  const validate = (typed: string | undefined) => check(typed || proposed);
  const options = { ...terminal, message, placeholder: proposed, defaultValue: proposed, validate };
  return (await requireUncancelledAnswer(prompts.text(options))).trim();
}

export async function requireUncancelledAnswer<Answer>(pending: Promise<Answer>): Promise<Exclude<Answer, symbol>> {
  const answer = await pending;
  if (prompts.isCancel(answer)) throw new SetupCancelled();
  return answer as Exclude<Answer, symbol>;
}
