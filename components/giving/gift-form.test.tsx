import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { translator } from "@/content/messages";
import {
  type GiftFormValues as Form,
  FREQUENCY_FIELD_VALUES,
  type GiftFormFields,
  giftFormQuery,
  parseGift,
  readGiftFormWithDefaults,
} from "@/domain/giving/gift-form";
import { currenciesOf, presetAmounts } from "@/domain/publication";
import { testPublication as publication } from "@/domain/testing/test-publication";
import { GiftForm } from "./gift-form";
import { giftFormTexts } from "./gift-form-texts";

const NO_PRESETS = { once: [], monthly: [], yearly: [] };
const attribution = { placement: "article", article: "a_9f3k2m1x", appeal: "first", variant: "a" };

function render(fields: GiftFormFields = {}, token?: string): { html: string; form: Form } {
  const form = readGiftFormWithDefaults({ ...attribution, ...fields }, publication);
  const parsed = form.amount === null ? null : parseGift(form, { publication, locale: "en" });
  const refusal = parsed?.kind === "refused" ? parsed : null;
  const props = { locale: "en", publication, form, token, refusal };
  return { html: renderToStaticMarkup(<GiftForm {...props} />), form };
}

/** Returns the form's fields as a browser without scripts would send them. */
function sent(html: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [tag] of html.matchAll(/<input[^>]*>/g)) {
    const isUnchecked = /type="(radio|checkbox)"/.test(tag) && !tag.includes("checked=");
    if (!isUnchecked) fields[attribute(tag, "name")] = attribute(tag, "value");
  }
  fields.currency = /<option[^>]*value="([A-Z]+)"[^>]*selected/.exec(html)?.[1] ?? "";
  return fields;
}

function formTag(html: string) {
  const tag = /<form[^>]*>/.exec(html)?.[0] ?? "";
  return { method: attribute(tag, "method"), action: attribute(tag, "action") };
}

function attribute(tag: string, name: string): string {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? "";
}

describe("the checkbox for the card fee", () => {
  const boxes = (html: string) => [...html.matchAll(/<input type="checkbox"[^>]*>/g)].map(([tag]) => tag);

  test("is unchecked, and names the percentage and the fixed part of each currency's fee", () => {
    const { html } = render();
    expect(boxes(html)).toEqual(['<input type="checkbox" name="cover" value="fee"/>']);
    expect(html).toContain("Add the card fee (2.9% + $0.30), so that all of your gift arrives");
    expect(html).toContain("Add the card fee (3.6%), so that all of your gift arrives");
    expect([...html.matchAll(/<option value="(\w+)" data-no-fee=""/g)].map(([, code]) => code)).toEqual(["GBP"]);
  });

  test("is left out if the publication states no fee", () => {
    const { limits, presets } = publication.currencies.GBP ?? { limits: { min: "1", max: "2" }, presets: NO_PRESETS };
    const props = { locale: "en", publication: { ...publication, currencies: { GBP: { limits, presets } } } };
    const html = renderToStaticMarkup(<GiftForm {...props} form={readGiftFormWithDefaults({}, props.publication)} />);
    expect(html).not.toContain("checkbox");
  });

  test("stays checked when a refused form comes back", () => {
    const { form, html } = render({ currency: "EUR", every: "once", amount: "0", cover: "fee" });
    expect(boxes(html)).toEqual(['<input type="checkbox" name="cover" checked="" value="fee"/>']);
    const back = readGiftFormWithDefaults(Object.fromEntries(new URLSearchParams(giftFormQuery(form))), publication);
    expect(back).toEqual(form);
    expect(back.coversFee).toBe(true);
  });
});

describe("the form without a script", () => {
  test("is sent to /give by GET if the page is prerendered and has no token", () => {
    const { html } = render();
    expect(formTag(html)).toEqual({ method: "get", action: "/give" });
    expect(sent(html)).toMatchObject(attribution);
    expect(sent(html).form).toBe("");
  });

  test("posts to /give/start if the server rendered a token", () => {
    const { html } = render({}, "6f1c0000-0000-4000-8000-000000000000");
    expect(formTag(html)).toEqual({ method: "post", action: "/give/start" });
    expect(sent(html).form).toBe("6f1c0000-0000-4000-8000-000000000000");
  });

  test("has preset amounts for every currency and frequency, with exactly one chosen and a custom amount last", () => {
    const { html } = render();
    for (const currency of currenciesOf(publication)) {
      for (const every of Object.values(FREQUENCY_FIELD_VALUES)) {
        const name = `preset-${currency.toLowerCase()}-${every}`;
        const radios = html.match(new RegExp(`<input[^>]*name="${name}"[^>]*>`, "g")) ?? [];
        expect(radios.filter((radio) => radio.includes("checked"))).toHaveLength(1);
        expect(radios.at(-1)).toContain('value="custom"');
      }
    }
  });

  test.each<GiftFormFields>([
    {},
    { every: "once", currency: "JPY" },
    { every: "year", currency: "KWD", amount: "30" },
    { every: "month", currency: "EUR", amount: "12.50" },
  ])("a form that is sent unchanged parses to the values that it showed: %o", (fields) => {
    const { html, form } = render(fields);
    const read = readGiftFormWithDefaults(sent(html), publication);
    const preferred = presetAmounts(publication, form)[publication.preferredPreset];
    expect(read).toEqual({ ...form, amount: form.amount ?? preferred });
  });

  test("all presets of a currency show decimals if one of them needs decimals", () => {
    const { html } = render();
    const shown = (currency: string) => {
      const radios = html.matchAll(new RegExp(`<input[^>]*name="preset-${currency}-([^>]*)><span>([^<]+)`, "g"));
      return [...radios]
        .filter(([, facts = ""]) => !facts.includes('value="custom"'))
        .map(([, , text = ""]) => text.replaceAll(/\s/g, " "));
    };
    expect(shown("kwd")).toContain("KWD 1.500");
    expect(shown("kwd")).toContain("KWD 3.000");
    for (const text of shown("kwd")) expect(text).toMatch(/\.\d{3}$/);
    for (const text of shown("usd")) expect(text).toMatch(/^\$\d+$/);
  });

  test("every label has its own field, even with two forms on one page", () => {
    const both = render().html + render({ placement: "banner" }).html;
    const ids = [...both.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of both.matchAll(/\sfor="([^"]+)"/g)) expect(ids).toContain(target);
  });
});

describe("the texts that only a script shows", () => {
  test("are in the page, or only in the file that the script fetches", () => {
    const form = readGiftFormWithDefaults(attribution, publication);
    const props = { locale: "en", publication, form };
    const own = renderToStaticMarkup(<GiftForm {...props} />);
    const late = renderToStaticMarkup(<GiftForm {...props} loadsTextsLater />);
    const { sendingText, refusalTexts, buttonText } = giftFormTexts(translator("en"), publication);
    for (const text of [sendingText, buttonText.month ?? "", ...Object.values(refusalTexts)]) {
      expect(own).toContain(text.slice(0, 20));
      expect(late).not.toContain(text.slice(0, 20));
    }
  });

  test("are those of the messages, with a place for the limit", () => {
    for (const locale of ["en", "ru"]) {
      const t = translator(locale);
      const { sendingText: opening, refusalTexts } = giftFormTexts(t, publication);
      expect(opening).toBe(t("giving.opening"));
      expect(refusalTexts.zero).toBe(t("giving.refused.zero"));
      expect(refusalTexts["below-minimum"]).toBe(t("giving.refused.below-minimum", { limit: "{limit}" }));
    }
  });
});
