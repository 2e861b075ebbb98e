// Enhances a gift form: updates its button and refuses invalid amounts at once. Without this script, the form of an
// article leads to /give.

import { formatExposureForGift } from "../../domain/appeal/experiment-memory";
import { memoryAfterSendingForm } from "../../domain/appeal/memory-changes";
import { withCardFee } from "../../domain/giving/covered-fee";
import { type ParseGiftAmountResult, parseAmountWithin } from "../../domain/giving/gift-form";
import { type Currency, formatMoney, type Money, money } from "../../domain/money";
import type { GiftFormTexts } from "../giving/gift-form-texts";
import { amountRefusalMessageName } from "../giving/refusal-text";
import { isVariantForcedByUrl } from "./experiment";
import { findElement, getElement } from "./find-element";
import { isChanged, NON_FREQUENCY_INPUTS_SELECTOR } from "./form-state";
import { loadGiftFormTexts } from "./load-gift-form-texts";
import { rememberCurrencyOnChange, selectRememberedOrLikelyCurrency } from "./own-currency";
import { runWhenNearViewport } from "./page-state";
import { updateReaderMemory } from "./reader-memory";

type Enhanced = {
  form: HTMLFormElement;
  /**
   * Undefined until the reader comes near the form. Until then, the button keeps its text, and this script checks no
   * amount. The server always checks it.
   */
  words?: GiftFormTexts;
  custom: HTMLInputElement;
  button: HTMLButtonElement;
  /**
   * The field with the form's one-time token. An article is the same for all readers, so its field is empty and this
   * script fetches a token.
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
  // Resets the form when the browser restores the page, for example after the reader went back from Stripe. Otherwise
  // the form would still count as sent.
  addEventListener("pageshow", ({ persisted }) => reset(enhanced, persisted));
  offerOwnCurrency(enhanced);
  reset(enhanced, false);
  runWhenNearViewport(form, "100%", () => void addWords(enhanced));
}

/**
 * Selects the currency that is stored on the device. If none is stored, selects a likely one. Finding a likely one
 * takes tens of milliseconds on a phone, so the script waits until the form's section is near the viewport. It watches
 * the section and not the form, because the form in the banner is hidden when the banner appears. If the reader has
 * already chosen an amount, the currency is not changed.
 */
function offerOwnCurrency(enhanced: Enhanced): void {
  const { form } = enhanced;
  const select = getElement<HTMLSelectElement>("[name=currency]", form);
  rememberCurrencyOnChange(select);
  const offer = () => {
    if (!isChanged(form, NON_FREQUENCY_INPUTS_SELECTOR)) selectRememberedOrLikelyCurrency(select);
  };
  const reader = updateReaderMemory((reader) => reader);
  // Selects the currency at once if recall.ts will fill in an unfinished gift. If the reader rejects the unfinished
  // gift, the form returns to the currency selected here.
  if (reader?.currency || reader?.unfinished) offer();
  else
    runWhenNearViewport(form.closest("section") ?? form, "100%", () => {
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
  // The field `from` tells the server to which page the reader can go back. It also tells the server that this browser
  // runs scripts. Only then can Stripe's form open on our payment page.
  getElement<HTMLInputElement>("[name=from]", form).value = location.pathname;
  button.setAttribute("aria-disabled", "true");
  if (words) button.textContent = words.sendingText;
  if (enhanced.token.value) {
    remember(enhanced);
    return;
  }
  event.preventDefault();
  void sendWithToken(enhanced);
}

/**
 * Stores on the device that this form was sent, together with the form's token. The thank-you page needs the token.
 * Also stores the gift, so that recall.ts can fill it into a form again if it is not paid. Adds the device's experiment
 * variant to the form, unless the URL chooses a variant.
 */
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

/**
 * Fetches a token and sends the form. Without a token, sends the fields to the page /give, as the form does without
 * this script.
 */
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

/**
 * Makes the form ready to be sent again. `isBack`: true if the reader went back and the browser restored the page. In
 * this case, also removes the form's token, because the token may already be used.
 */
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

/** Returns why the amount is refused. Returns "" if it is accepted, or if the texts and limits have not arrived. */
function refusalOf(enhanced: Enhanced): string {
  const { words } = enhanced;
  if (!words) return "";
  const amount = amountOf(enhanced, words);
  if (amount.kind !== "refused") return "";
  const limit = amount.limit ? formatMoney(amount.limit, words) : "";
  return words.refusalTexts[amountRefusalMessageName(amount.reason, currencyOf(enhanced))].replace("{limit}", limit);
}

function showRefusal({ custom }: Enhanced, text: string): void {
  const place = getElement(`#${custom.id}-error`);
  place.textContent = text;
  place.hidden = !text;
  custom.setAttribute("aria-invalid", String(text !== ""));
}

/**
 * Updates the label of the card fee's checkbox. Returns the amount plus the fee. Returns null if the box is not
 * checked, or if the amount or the currency's card fee is missing.
 */
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

/**
 * Updates the button's text and the card fee. Also hides the groups of amounts that are not chosen, because a browser
 * without `:has()` cannot hide them by the stylesheet.
 */
function updateButton(enhanced: Enhanced): void {
  const { form, words, button } = enhanced;
  const preset = chosen(enhanced);
  for (const group of form.querySelectorAll<HTMLElement>(GROUPS)) group.hidden = !group.contains(preset);
  if (!words) return;
  const parsed = amountOf(enhanced, words);
  const amount = parsed.kind === "amount" ? parsed.money : null;
  const whole = updateFee(enhanced, words, amount);
  const isPlainPreset = !whole && preset?.value !== "custom";
  // Takes the text from the preset's own label, because the label can show decimals that formatMoney() leaves out.
  const text = isPlainPreset ? preset?.nextElementSibling?.textContent : amount && formatMoney(whole ?? amount, words);
  button.textContent = text
    ? (words.buttonText[fieldOf(form, "every")] ?? "").replace("{amount}", text)
    : words.noAmountText;
}

/**
 * The form has a group of amounts for each currency and frequency. Selects the same position in all groups. So for
 * example the second amount, or "other", stays selected when the reader changes the currency or the frequency.
 */
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

function amountOf(enhanced: Enhanced, words: GiftFormTexts): ParseGiftAmountResult {
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
  // This field contains only valid currencies, because the server writes them.
  return fieldOf(form, "currency") as Currency;
}

function fieldOf(form: HTMLFormElement, name: string): string {
  return (form.elements.namedItem(name) as RadioNodeList | HTMLSelectElement).value;
}
