// Improves the gift form: the button shows the amount, the form is not sent with an invalid amount, and a second click sends
// nothing. Without this script, a form on a prerendered page leads to /give.
import { afterSendingForm } from "../../domain/appeal/after-answer";
import { exposureForGift } from "../../domain/appeal/trial-memory";
import { withCardFee } from "../../domain/giving/covered-fee";
import { type ParsedGiftAmount, parseAmountWithin } from "../../domain/giving/gift-form";
import { type Currency, formatMoney, type Money, money } from "../../domain/money";
import type { GiftWords } from "../giving/gift-words";
import { refusalWord } from "../giving/refusal-text";
import { findElement, getElement } from "./find";
import { updateReaderMemory } from "./memory";
import { offerOwnCurrency } from "./own-currency";
import { isVariantForcedByUrl } from "./trial";

type Enhanced = {
  form: HTMLFormElement;
  words: GiftWords;
  custom: HTMLInputElement;
  button: HTMLButtonElement;
  /**
   * The hidden field for the form's one-time token. The page /give contains the token. Prerendered pages are the same for all
   * readers, so on them this script fetches the token.
   */
  token: HTMLInputElement;
  tokenRequest?: Promise<void>;
};

export function enhanceGiftForm(form: HTMLFormElement): void {
  const words: GiftWords = JSON.parse(form.dataset.giftForm ?? "");
  const custom = getElement<HTMLInputElement>("[name=custom]", form);
  const enhanced: Enhanced = {
    form,
    words,
    custom,
    button: getElement<HTMLButtonElement>("[data-gift-send]", form),
    token: getElement<HTMLInputElement>("[name=form]", form),
  };
  offerOwnCurrency(getElement<HTMLSelectElement>("[name=currency]", form));
  form.addEventListener("input", ({ target }) => {
    if (target instanceof HTMLInputElement && target.closest("[data-group]")) alignGroups(enhanced, target);
    showRefusal(enhanced, "");
    updateButton(enhanced);
  });
  form.addEventListener("pointerover", () => enhanced.token.value || fetchToken(enhanced));
  form.addEventListener("submit", (event) => send(enhanced, event));
  // When the reader comes back from Stripe, the browser may restore the page as it was left. In that case, resets the form.
  addEventListener("pageshow", ({ persisted }) => reset(enhanced, persisted));
  reset(enhanced, false);
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
  // `from` tells the server which page to go back to. It also shows that scripts run, so that Stripe's form can open on our
  // payment page.
  getElement<HTMLInputElement>("[name=from]", form).value = location.pathname;
  button.setAttribute("aria-disabled", "true");
  button.textContent = words.opening;
  if (enhanced.token.value) {
    remember(enhanced);
    return;
  }
  event.preventDefault();
  void sendWithToken(enhanced);
}

/**
 * Stores on the device that this form was sent (for the thank-you page), and its gift (to fill in the form later if the gift is
 * not paid). Writes the experiment's variant that the device saw into the form.
 */
function remember(enhanced: Enhanced): void {
  const { form, token, custom } = enhanced;
  const preset = chosen(groupOf(enhanced))?.value ?? "custom";
  const amount = preset === "custom" ? custom.value : preset;
  const gift = { every: fieldOf(form, "every"), currency: currencyOf(enhanced), amount };
  const reader = updateReaderMemory((reader, at) =>
    afterSendingForm(reader, { mark: token.value, at, unfinished: { ...gift, at } }),
  );
  const exposure = form.querySelector<HTMLInputElement>("[name=exposure]");
  if (exposure && !isVariantForcedByUrl()) exposure.value = exposureForGift(reader?.trial ?? null, Date.now());
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
    .then((response) => (response.ok ? response.text() : ""))
    .then((text) => {
      token.value = text;
    })
    .catch(() => {});
  return enhanced.tokenRequest;
}

/** Makes the form ready to send. `isBack`: true if the browser has restored the page, whose token may be used up. */
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

function refusalOf(enhanced: Enhanced): string {
  const { refused, locale } = enhanced.words;
  const amount = amountOf(enhanced);
  if (amount.kind !== "refused") return "";
  const limit = amount.limit ? formatMoney(amount.limit, { locale }) : "";
  return refused[refusalWord(amount.reason, currencyOf(enhanced))].replace("{limit}", limit);
}

function showRefusal({ custom }: Enhanced, text: string): void {
  const place = getElement(`#${custom.id}-error`);
  place.textContent = text;
  place.hidden = !text;
  custom.setAttribute("aria-invalid", String(text !== ""));
}

/** Shows the card fee as an amount of money. Returns the amount with the fee if the box is checked. If it is not, returns null. */
function updateFee({ form, words }: Enhanced, amount: Money | null): Money | null {
  const box = form.querySelector<HTMLInputElement>("[name=cover]");
  const index = getElement<HTMLSelectElement>("select", form).selectedIndex;
  const text = box?.nextElementSibling?.children[index] as HTMLElement | undefined;
  if (!text?.dataset.fee) return null;
  text.title ||= text.textContent ?? "";
  const whole = amount && withCardFee(amount, JSON.parse(text.dataset.fee));
  text.textContent = whole
    ? words.cover
        .replace("{fee}", formatMoney({ ...whole, amountMinor: whole.amountMinor - amount.amountMinor }, words))
        .replace("{amount}", formatMoney(amount, words))
    : text.title;
  return box?.checked ? whole : null;
}

/** Updates the button's text. In browsers without `:has()`, also shows only the chosen group of amounts. */
function updateButton(enhanced: Enhanced): void {
  const { form, words, button } = enhanced;
  const shown = groupOf(enhanced);
  if (!CSS.supports("selector(:has(*))")) {
    for (const group of form.querySelectorAll<HTMLElement>("[data-group]")) group.hidden = group !== shown;
  }
  const parsed = amountOf(enhanced);
  const amount = parsed.kind === "amount" ? parsed.money : null;
  const whole = updateFee(enhanced, amount);
  const preset = chosen(shown);
  const isPlainPreset = !whole && preset?.value !== "custom";
  // Uses the preset's own label, because it may show decimals that formatMoney() leaves out.
  const text = isPlainPreset ? preset?.nextElementSibling?.textContent : amount && formatMoney(whole ?? amount, words);
  button.textContent = text ? (words.give[fieldOf(form, "every")] ?? "").replace("{amount}", text) : words.neutral;
}

/**
 * Selects the radio button at the same position in every group of amounts. After a change of currency or frequency, for
 * example, the second amount stays selected.
 */
function alignGroups({ form }: Enhanced, radio: HTMLInputElement): void {
  const index = radiosOf(radio.closest("[data-group]")).indexOf(radio);
  for (const group of form.querySelectorAll("[data-group]")) {
    const counterpart = radiosOf(group)[index];
    if (counterpart) counterpart.checked = true;
  }
}

function amountOf(enhanced: Enhanced): ParsedGiftAmount {
  const preset = chosen(groupOf(enhanced))?.value ?? "";
  const text = preset === "custom" ? enhanced.custom.value : preset;
  const currency = currencyOf(enhanced);
  const { min = "", max = "" } = enhanced.words.currencies[currency]?.limits ?? {};
  return parseAmountWithin({ text, currency }, { min: money(min, currency), max: money(max, currency) });
}

function chosen(group: Element | null): HTMLInputElement | undefined {
  return radiosOf(group).find((radio) => radio.checked);
}

function groupOf(enhanced: Enhanced): Element | null {
  const { form } = enhanced;
  return findElement(`[data-group="${currencyOf(enhanced)} ${fieldOf(form, "every")}"]`, form);
}

function radiosOf(group: Element | null): HTMLInputElement[] {
  return Array.from(group?.querySelectorAll("input") ?? []);
}

function currencyOf({ form }: Enhanced): Currency {
  // The server lists only valid currencies in this field.
  return fieldOf(form, "currency") as Currency;
}

function fieldOf(form: HTMLFormElement, name: string): string {
  return (form.elements.namedItem(name) as RadioNodeList | HTMLSelectElement).value;
}
