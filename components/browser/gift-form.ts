// Without this script, a form on a prerendered page leads to /give.

import { formatExposureForGift } from "../../domain/appeal/experiment-memory";
import { memoryAfterSendingForm } from "../../domain/appeal/memory-changes";
import { withCardFee } from "../../domain/giving/covered-fee";
import { type ParsedGiftAmount, parseAmountWithin } from "../../domain/giving/gift-form";
import { type Currency, formatMoney, type Money, money } from "../../domain/money";
import type { GiftFormTexts } from "../giving/gift-form-texts";
import { refusalMessageName } from "../giving/refusal-text";
import { isVariantForcedByUrl } from "./experiment";
import { findElement, getElement } from "./find-element";
import { AMOUNT_INPUTS, isChanged } from "./form-state";
import { loadGiftFormTexts } from "./load-gift-form-texts";
import { rememberCurrency, selectOwnCurrency } from "./own-currency";
import { whenNear } from "./page-state";
import { updateReaderMemory } from "./reader-memory";

type Enhanced = {
  form: HTMLFormElement;
  /** Missing until the reader comes near the form. Until then the button keeps its text, and the server explains a refused amount. */
  words?: GiftFormTexts;
  custom: HTMLInputElement;
  button: HTMLButtonElement;
  /**
   * The form's one-time token. Prerendered pages are the same for all readers, so on them this script fetches the
   * token.
   */
  token: HTMLInputElement;
  tokenRequest?: Promise<void>;
};

const GROUPS = ".by-every > *";

export function enhanceGiftForm(form: HTMLFormElement): void {
  const custom = getElement<HTMLInputElement>("[name=custom]", form);
  const enhanced: Enhanced = {
    form,
    custom,
    button: getElement<HTMLButtonElement>("[data-gift-send]", form),
    token: getElement<HTMLInputElement>("[name=form]", form),
  };
  form.addEventListener("input", ({ target }) => {
    alignGroups(enhanced, target);
    showRefusal(enhanced, "");
    updateButton(enhanced);
  });
  form.addEventListener("pointerover", () => enhanced.token.value || fetchToken(enhanced));
  form.addEventListener("submit", (event) => send(enhanced, event));
  // A reader who comes back from Stripe may see the page as it was left.
  addEventListener("pageshow", ({ persisted }) => reset(enhanced, persisted));
  offerOwnCurrency(enhanced);
  reset(enhanced, false);
  whenNear(form, "100%", () => void addWords(enhanced));
}

/**
 * Selects the device's currency before the reader sees the form. A guess takes tens of milliseconds on a phone, so it is made only
 * when the form is near. The banner is a section: its form is ready when the banner appears. An amount that the reader chose before
 * keeps its currency.
 */
function offerOwnCurrency(enhanced: Enhanced): void {
  const { form } = enhanced;
  const select = getElement<HTMLSelectElement>("[name=currency]", form);
  rememberCurrency(select);
  const offer = () => {
    if (!isChanged(form, AMOUNT_INPUTS)) selectOwnCurrency(select);
  };
  const reader = updateReaderMemory((reader) => reader);
  // An unfinished gift is recalled soon, and its undoing leads back to the currency of before.
  if (reader?.currency || reader?.unfinished) offer();
  else
    whenNear(form.closest("section") ?? form, "100%", () => {
      offer();
      updateButton(enhanced);
    });
}

async function addWords(enhanced: Enhanced): Promise<void> {
  enhanced.words = await loadGiftFormTexts(enhanced.form).catch(() => undefined);
  if (!enhanced.form.dataset.sent) updateButton(enhanced);
}

function send(enhanced: Enhanced, event: Event): void {
  const { form, words, custom, button } = enhanced;
  const refusal = form.dataset.sent ? "" : refusalOf(enhanced);
  if (form.dataset.sent || refusal) event.preventDefault();
  if (form.dataset.sent) return;
  showRefusal(enhanced, refusal);
  if (refusal) {
    custom.focus();
    return;
  }
  form.dataset.sent = "yes";
  // `from` tells the server which page to go back to, and that scripts run, so that Stripe's form can open on our
  // payment page.
  getElement<HTMLInputElement>("[name=from]", form).value = location.pathname;
  button.setAttribute("aria-disabled", "true");
  if (words) button.textContent = words.opening;
  if (enhanced.token.value) {
    remember(enhanced);
    return;
  }
  event.preventDefault();
  void sendWithToken(enhanced);
}

/** The thank-you page needs the sent form; the gift is filled in later if it is not paid. */
function remember(enhanced: Enhanced): void {
  const { form, token } = enhanced;
  const gift = { every: fieldOf(form, "every"), currency: currencyOf(enhanced), amount: amountText(enhanced) };
  const reader = updateReaderMemory((reader, at) =>
    memoryAfterSendingForm(reader, { formNonce: token.value, at, unfinished: { ...gift, at } }),
  );
  if (isVariantForcedByUrl()) return;
  const exposure = getElement<HTMLInputElement>("[name=exposure]", form);
  exposure.value = formatExposureForGift(reader?.trial ?? null, Date.now());
}

/** If no token can be fetched, the form goes to /give with its fields, as it does without this script. */
async function sendWithToken(enhanced: Enhanced): Promise<void> {
  const { form, token } = enhanced;
  await fetchToken(enhanced);
  if (token.value) remember(enhanced);
  else Object.assign(form, { method: "get", action: "/give" });
  form.submit();
}

function fetchToken(enhanced: Enhanced): Promise<void> {
  const { token } = enhanced;
  enhanced.tokenRequest ??= fetch("/give/token")
    .then(async (response) => {
      if (response.ok) token.value = await response.text();
    })
    .catch(() => {});
  return enhanced.tokenRequest;
}

/** `isBack`: true if the browser has restored the page, whose token may be used up. */
function reset(enhanced: Enhanced, isBack: boolean): void {
  const { form, button } = enhanced;
  if (isBack) {
    enhanced.token.value = "";
    enhanced.tokenRequest = undefined;
  }
  Object.assign(form, { method: "post", action: "/give/start" });
  delete form.dataset.sent;
  button.removeAttribute("aria-disabled");
  updateButton(enhanced);
}

/** Empty if the amount is accepted or the texts have not arrived. */
function refusalOf(enhanced: Enhanced): string {
  const { words } = enhanced;
  if (!words) return "";
  const amount = amountOf(enhanced, words);
  if (amount.kind !== "refused") return "";
  const limit = amount.limit ? formatMoney(amount.limit, words) : "";
  return words.refusalTexts[refusalMessageName(amount.reason, currencyOf(enhanced))].replace("{limit}", limit);
}

function showRefusal({ custom }: Enhanced, text: string): void {
  const place = getElement(`#${custom.id}-error`);
  place.textContent = text;
  place.hidden = !text;
  custom.setAttribute("aria-invalid", String(text !== ""));
}

/** Returns the gift with the fee if the box is checked, and null otherwise. */
function updateFee({ form }: Enhanced, words: GiftFormTexts, amount: Money | null): Money | null {
  const box = findElement<HTMLInputElement>("[name=cover]", form);
  const index = getElement<HTMLSelectElement>("select", form).selectedIndex;
  const text = box?.nextElementSibling?.children[index] as HTMLElement | undefined;
  if (!text?.dataset.fee) return null;
  text.title ||= text.textContent ?? "";
  const whole = amount && withCardFee(amount, JSON.parse(text.dataset.fee));
  text.textContent = whole
    ? words.coverFeeLabel
        .replace("{fee}", formatMoney({ ...whole, amountMinor: whole.amountMinor - amount.amountMinor }, words))
        .replace("{amount}", formatMoney(amount, words))
    : text.title;
  return box?.checked ? whole : null;
}

/** A stylesheet without `:has()` cannot hide the groups that are not chosen. */
function updateButton(enhanced: Enhanced): void {
  const { form, words, button } = enhanced;
  const preset = chosen(enhanced);
  for (const group of form.querySelectorAll<HTMLElement>(GROUPS)) group.hidden = !group.contains(preset);
  if (!words) return;
  const parsed = amountOf(enhanced, words);
  const amount = parsed.kind === "amount" ? parsed.money : null;
  const whole = updateFee(enhanced, words, amount);
  const isPlainPreset = !whole && preset?.value !== "custom";
  // Uses the preset's own label, because it may show decimals that formatMoney() leaves out.
  const text = isPlainPreset ? preset?.nextElementSibling?.textContent : amount && formatMoney(whole ?? amount, words);
  button.textContent = text
    ? (words.buttonText[fieldOf(form, "every")] ?? "").replace("{amount}", text)
    : words.neutral;
}

/** A change of currency or frequency keeps the second amount, or "other". */
function alignGroups({ form }: Enhanced, radio: EventTarget | null): void {
  const group = radio instanceof HTMLInputElement && radio.closest(GROUPS);
  if (!group) return;
  const index = radiosOf(group).indexOf(radio);
  for (const each of form.querySelectorAll(GROUPS)) {
    const counterpart = radiosOf(each)[index];
    if (counterpart) counterpart.checked = true;
  }
}

function amountText(enhanced: Enhanced): string {
  const preset = chosen(enhanced)?.value ?? "custom";
  return preset === "custom" ? enhanced.custom.value : preset;
}

function amountOf(enhanced: Enhanced, words: GiftFormTexts): ParsedGiftAmount {
  const text = amountText(enhanced);
  const currency = currencyOf(enhanced);
  const { min = "", max = "" } = words.currencies[currency]?.limits ?? {};
  return parseAmountWithin({ text, currency }, { min: money(min, currency), max: money(max, currency) });
}

function chosen(enhanced: Enhanced): HTMLInputElement | null {
  const { form } = enhanced;
  const name = `preset-${currencyOf(enhanced).toLowerCase()}-${fieldOf(form, "every")}`;
  return findElement<HTMLInputElement>(`[name=${name}]:checked`, form);
}

function radiosOf(group: Element): HTMLInputElement[] {
  return Array.from(group.querySelectorAll("input"));
}

function currencyOf({ form }: Enhanced): Currency {
  // The server lists only valid currencies in this field.
  return fieldOf(form, "currency") as Currency;
}

function fieldOf(form: HTMLFormElement, name: string): string {
  return (form.elements.namedItem(name) as RadioNodeList | HTMLSelectElement).value;
}
