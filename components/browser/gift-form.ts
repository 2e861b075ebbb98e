// What a script adds to the gift form: the button says what it will do, a sum is checked before it is sent, and a second
// click sends nothing. Without it the same form goes by way of /give.
import { afterBeginning } from "../../domain/appeal/manners";
import { type ParsedSum, parseSum } from "../../domain/giving/gift-form";
import { type Currency, formatMoney, isCurrency } from "../../domain/money";
import type { GiftWords } from "../giving/gift-words";
import { refusalWord } from "../giving/refusal-text";
import { get } from "./find";
import { remember } from "./memory";

type Enhanced = { form: HTMLFormElement; words: GiftWords; own: HTMLInputElement; button: HTMLButtonElement };

export function enhanceGiftForm(form: HTMLFormElement): void {
  const words: GiftWords = JSON.parse(form.dataset.giftForm ?? "");
  const own = get<HTMLInputElement>("[name=own]", form);
  const enhanced = { form, words, own, button: get<HTMLButtonElement>("[data-gift-send]", form) };
  form.method = "post";
  form.action = "/give/start";
  form.addEventListener("input", ({ target }) => {
    if (target instanceof HTMLInputElement && target.closest("[data-group]")) alignGroups(enhanced, target);
    showRefusal(enhanced, "");
    draw(enhanced);
  });
  form.addEventListener("submit", (event) => send(enhanced, event));
  // Back from Stripe, the browser may bring the page as it was left: it is a new form then.
  addEventListener("pageshow", () => renew(enhanced));
  renew(enhanced);
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
  remember((reader, at) => afterBeginning(reader, { mark: fieldOf(form, "form"), at }));
  button.setAttribute("aria-disabled", "true");
  button.textContent = words.opening;
}

function renew(enhanced: Enhanced): void {
  const { form, button } = enhanced;
  const nonce = form.querySelector<HTMLInputElement>("[name=form]") ?? document.createElement("input");
  nonce.type = "hidden";
  nonce.name = "form";
  nonce.value = freshNonce();
  form.append(nonce);
  delete form.dataset.sent;
  button.removeAttribute("aria-disabled");
  draw(enhanced);
}

/** `crypto.randomUUID` is kept from plain http; this is not, and has the same 128 bits. */
function freshNonce(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
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
