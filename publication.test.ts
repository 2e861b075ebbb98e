import { join } from "node:path";
import { expect, test } from "vitest";
import type { CompleteLanguage } from "./content/messages";
import type { LocalizedVariant } from "./domain/appeal/localized-variant";
import { parseEmailAddress } from "./domain/email-address";
import { FREQUENCIES } from "./domain/frequencies";
import { parseGiftAmount } from "./domain/giving/gift-form";
import { minimumCharge, money } from "./domain/money";
import { currenciesOf, type Publication, presetAmounts } from "./domain/publication";
import { publication as own } from "./publication";
import { appealPartEditContext } from "./systems/appeals/part-pages";
import { readContent } from "./systems/content";
import { findMissingMessageFiles } from "./tools/content/messages";

const publication: Publication = own;

test("in this file the site's modules use the tests' publication, and `own` is the real one", () => {
  expect(appealPartEditContext().publication.id).toBe("northern-herald");
  expect(publication.id).not.toBe("northern-herald");
});

test("it accepts one to eight currencies, no less than Stripe's minimum, and presets that the form accepts", () => {
  const currencies = currenciesOf(publication);
  expect(currencies.length).toBeGreaterThan(0);
  expect(currencies.length).toBeLessThanOrEqual(8);
  for (const currency of currencies) {
    const smallest = money(String(publication.currencies[currency]?.limits.min), currency);
    expect(smallest.amountMinor, currency).toBeGreaterThanOrEqual(minimumCharge(currency).amountMinor);
    for (const frequency of FREQUENCIES) {
      const presets = presetAmounts(publication, { currency, frequency });
      expect(presets[publication.preferredPreset], `${currency} ${frequency}`).toBeDefined();
      for (const text of presets)
        expect(parseGiftAmount({ text, currency, publication }), `${currency} ${text}`).toMatchObject({
          kind: "amount",
        });
    }
  }
});

test("its id, e-mail addresses, time zone and languages are valid", () => {
  const { id, contact, mailFrom, timeZone, languages, defaultLanguage } = publication;
  expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  expect(parseEmailAddress(contact)).toMatchObject({ kind: "address" });
  expect(mailFrom).toMatch(/^.+ <\S+@\S+>$/);
  expect(() => new Intl.DateTimeFormat("en", { timeZone })).not.toThrow();
  expect(languages).toContain(defaultLanguage);
});

test("it offers only languages that have every message", () => {
  // The next line does not compile if a language does not have exactly the same messages as English.
  own.languages satisfies readonly CompleteLanguage[];
  for (const language of publication.languages) expect(findMissingMessageFiles(language), language).toEqual([]);
});

test("its appeal has the same variants and amounts in every language, because an experiment compares them together", () => {
  const { appeals } = readContent(join(import.meta.dirname, "content"));
  const [first, ...others] = publication.languages.map((language) => appeals.get(language)?.map(shapeOf));
  expect(first).toBeDefined();
  for (const other of others) expect(other).toEqual(first);
});

function shapeOf({ id, variant, amounts, figure, signature }: LocalizedVariant) {
  const figures = amounts.map(({ amount }) => amount);
  return { id, variant, amounts: figures, hasFigure: figure !== null, hasSignature: signature !== null };
}
