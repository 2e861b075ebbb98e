// What a script adds to the gift form: the button says what it will do, a sum is checked before it is sent, and a second
// click sends nothing. Without it the same form goes by way of /give.
import { type ParsedSum, parseSum } from "../../domain/giving/gift-form";
import { type Currency, formatMoney, isCurrency } from "../../domain/money";
import type { GiftWords } from "../giving/gift-words";
import { refusalWord } from "../giving/refusal-text";
import { get } from "./find";

/** Shorter than a reader's patience; then the form goes the way it goes without a script. */
const TOKEN_MS = 4_000;

type Enhanced = {
  form: HTMLFormElement;
  words: GiftWords;
  own: HTMLInputElement;
  button: HTMLButtonElement;
  /** The form's one-time token, once a reader has touched the form. */
  token?: Promise<string>;
};

export function enhanceGiftForm(form: HTMLFormElement): void {
  const words: GiftWords = JSON.parse(form.dataset.giftForm ?? "");
  const own = get<HTMLInputElement>("[name=own]", form);
  const enhanced: Enhanced = { form, words, own, button: get<HTMLButtonElement>("[data-gift-send]", form) };
  form.addEventListener("input", ({ target }) => {
    if (target instanceof HTMLInputElement && target.closest("[data-group]")) alignGroups(enhanced, target);
    showRefusal(enhanced, "");
    draw(enhanced);
  });
  for (const touch of ["pointerover", "focusin"])
    form.addEventListener(touch, () => tokenField(form).value || askForToken(enhanced));
  form.addEventListener("submit", (event) => send(enhanced, event));
  // Back from Stripe, the browser may bring the page as it was left: it is a new form then.
  addEventListener("pageshow", ({ persisted }) => renew(enhanced, persisted));
  renew(enhanced, false);
}

function send(enhanced: Enhanced, event: Event): void {
  const { form, words, own, button } = enhanced;
  const refusal = form.dataset.sent ? "" : refusalOf(enhanced);
  if (form.dataset.sent || refusal) event.preventDefault();
  if (form.dataset.sent) return;
  showRefusal(enhanced, refusal);
  if (refusal) {
    own.focus();
    return;
  }
  form.dataset.sent = "yes";
  button.setAttribute("aria-disabled", "true");
  button.textContent = words.opening;
  if (tokenField(form).value) return;
  event.preventDefault();
  void sendWithToken(enhanced);
}

/** Without a token the form goes where a form without a script goes, and loses nothing of what was chosen. */
async function sendWithToken(enhanced: Enhanced): Promise<void> {
  const { form } = enhanced;
  const token = await askForToken(enhanced);
  if (token) tokenField(form).value = token;
  else Object.assign(form, { method: "get", action: "/give" });
  form.submit();
}

/** A token in the page is this form's own. A prerendered page has none: all readers share it. Empty where none could be had. */
function askForToken(enhanced: Enhanced): Promise<string> {
  enhanced.token ??= fetch("/give/token", { signal: AbortSignal.timeout?.(TOKEN_MS) }).then(
    (answer) => (answer.ok ? answer.text() : ""),
    () => "",
  );
  return enhanced.token;
}

function tokenField(form: HTMLFormElement): HTMLInputElement {
  const known = form.querySelector<HTMLInputElement>("[name=form]");
  if (known) return known;
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "form";
  form.append(field);
  return field;
}

/** As drawn at first: the page may have come back from the browser's memory after it was sent. */
function renew(enhanced: Enhanced, isBack: boolean): void {
  const { form, button } = enhanced;
  if (isBack) {
    tokenField(form).value = "";
    delete enhanced.token;
  }
  Object.assign(form, { method: "post", action: "/give/start" });
  delete form.dataset.sent;
  button.removeAttribute("aria-disabled");
  draw(enhanced);
}

function refusalOf(enhanced: Enhanced): string {
  const { refused, locale } = enhanced.words;
  const sum = ownSum(enhanced);
  if (sum?.kind !== "refused") return "";
  const limit = sum.limit ? formatMoney(sum.limit, { locale }) : "";
  return refused[refusalWord(sum.reason, currencyOf(enhanced))].replace("{limit}", limit);
}

function showRefusal({ own }: Enhanced, text: string): void {
  const place = get(`#${own.id}-error`, document);
  place.textContent = text;
  place.hidden = !text;
  own.setAttribute("aria-invalid", String(text !== ""));
}

/** What the button says, and which sums are seen where the stylesheet's `:has()` is not known. */
function draw(enhanced: Enhanced): void {
  const { form, words, button } = enhanced;
  const shown = groupOf(enhanced);
  if (!CSS.supports("selector(:has(*))")) {
    for (const group of form.querySelectorAll<HTMLElement>("[data-group]")) group.hidden = group !== shown;
  }
  const sum = ownSum(enhanced);
  const text = sum?.kind === "sum" ? formatMoney(sum.money, words) : chosen(shown)?.dataset.sum;
  button.textContent = text ? (words.give[fieldOf(form, "every")] ?? "").replace("{sum}", text) : words.neutral;
}

/** The same place in every group, so that a change of currency or frequency keeps "the second" or "other". */
function alignGroups({ form }: Enhanced, radio: HTMLInputElement): void {
  const index = radiosOf(radio.closest("[data-group]")).indexOf(radio);
  for (const group of form.querySelectorAll("[data-group]")) {
    const counterpart = radiosOf(group)[index];
    if (counterpart) counterpart.checked = true;
  }
}

/** Null while one of the sums offered is chosen. */
function ownSum(enhanced: Enhanced): ParsedSum | null {
  if (chosen(groupOf(enhanced))?.value !== "own") return null;
  return parseSum({ text: enhanced.own.value, currency: currencyOf(enhanced), publication: enhanced.words });
}

function chosen(group: Element | null): HTMLInputElement | undefined {
  return radiosOf(group).find((radio) => radio.checked);
}

function groupOf(enhanced: Enhanced): Element | null {
  const { form } = enhanced;
  return form.querySelector(`[data-group="${currencyOf(enhanced)} ${fieldOf(form, "every")}"]`);
}

function radiosOf(group: Element | null): HTMLInputElement[] {
  return Array.from(group?.querySelectorAll("input") ?? []);
}

function currencyOf({ form }: Enhanced): Currency {
  const currency = fieldOf(form, "currency");
  if (!isCurrency(currency)) throw new Error(`unknown currency ${currency}`);
  return currency;
}

function fieldOf(form: HTMLFormElement, name: string): string {
  return String(new FormData(form).get(name));
}
