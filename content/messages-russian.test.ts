import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readContent } from "../systems/content";
import { messageFiles } from "../tools/content/messages";

const MESSAGES = messageFiles("ru").flatMap((file) => {
  const text = readFileSync(join(import.meta.dirname, "messages/ru", `${file}.json`), "utf8");
  return Object.entries(JSON.parse(text) as Record<string, string>);
});

/** Every text of the appeals, under the file's variant and the field. */
const APPEALS = (readContent(import.meta.dirname).appeals.get("ru") ?? []).flatMap(({ variant, ...copy }) =>
  textsOf(copy, `appeal ${variant}`),
);

/** Faults of typography, by what is wrong. */
const FAULTS: Record<string, RegExp> = {
  "a Latin letter within a Russian word": /[a-z](?=[а-яё])|[а-яё](?=[a-z])/i,
  "quotation marks that are not «»": /["“”„]/,
  "a hyphen used as a dash": /(^|\s)-(\s|$)/,
  "a dash that may start a line": /\s—/,
  "a number parted from its word": /# /,
  "a full stop after a day, which ends with «г.» already": /\{(day|since|next|until)\}\./,
  "a capital «Вы» within a sentence": /[а-яё,]\s(Вы|Вас|Вам|Ваш[а-яё]*)(?![а-яё])/,
};

test.each(Object.entries(FAULTS))("no Russian message or appeal has %s", (_, fault) => {
  expect(
    [...MESSAGES, ...APPEALS].filter(([, text]) => fault.test(withNoBreakDashes(text))).map(([key]) => key),
  ).toEqual([]);
});

test.each([
  ["a Latin letter within a Russian word", "пожертвoвание"],
  ["quotation marks that are not «»", "сайт “{name}”"],
  ["a hyphen used as a dash", "год - срок долгий"],
  ["a dash that may start a line", "год — срок долгий"],
  ["a number parted from its word", "# платежа"],
  ["a full stop after a day, which ends with «г.» already", "до {day}."],
  ["a capital «Вы» within a sentence", "когда Вы вернётесь"],
])("the rule against %s sees one", (fault, text) => {
  expect(FAULTS[fault]?.test(withNoBreakDashes(text))).toBe(true);
});

/** JavaScript's \s holds the no-break space too, so the rule for dashes needs a mark of its own for it. */
function withNoBreakDashes(text: string): string {
  return text.replaceAll("\u00a0—", "—");
}

function textsOf(value: unknown, name: string): [name: string, text: string][] {
  if (typeof value === "string") return [[name, value]];
  return Object.entries(value ?? {}).flatMap(([field, each]) => textsOf(each, `${name}.${field}`));
}
