// Fills in an unfinished gift again. main.ts loads this script only if the device stores such a gift.
// tools/build/reader-script.mjs bundles it to public/reader-recall.js.
import { FREQUENCY_FIELD_VALUES, presetAmountFieldName } from "../../domain/giving/gift-form";
import { parseTypedAmount } from "../../domain/giving/typed-amount";
import {
  type UnfinishedGiftRecallDecision,
  unfinishedGiftRecallOf,
  withoutUnfinishedGift,
  withoutUnfinishedGiftSentAt,
} from "../../domain/giving/unfinished-gift";
import { formatMoney } from "../../domain/money";
import type { GiftFormTexts } from "../giving/gift-form-texts";
import { findElement, getElement } from "./find-element";
import { isUnchangedAndUnfocused } from "./form-state";
import { loadGiftFormTexts } from "./load-gift-form-texts";
import { parseMannersAttribute } from "./own-manners";
import { updateReaderMemory } from "./reader-memory";

type Gift = Extract<UnfinishedGiftRecallDecision, { kind: "recall" }>;

/**
 * The placeholder for the amount in the texts from the server. Only the device knows the amount, so the script fills it
 * in.
 */
const AMOUNT = "[amount]";
/**
 * Matches a URL whose query sets an amount, a frequency or a currency. The form then keeps these values, and is not
 * filled with the stored gift.
 */
const CHOOSING_QUERY = /[?&](amount|every|currency|custom)=/;

const forms = Array.from(document.querySelectorAll<HTMLFormElement>("[data-gift-form]"));
void recallUnfinished();

/**
 * Fills the gift forms of the page with the stored unfinished gift. If the texts and limits of the forms cannot be
 * loaded, does nothing. The device then keeps the gift for another page.
 */
async function recallUnfinished(): Promise<void> {
  const words = forms[0] && (await loadGiftFormTexts(forms[0]).catch(() => undefined));
  const gift = words && findGift(words);
  if (gift) recall(gift, words);
}

function findGift(publication: GiftFormTexts): Gift | null {
  const reader = updateReaderMemory((memory) => memory);
  if (!reader?.unfinished) return null;
  const found = unfinishedGiftRecallOf({ reader, now: Date.now(), manners: parseMannersAttribute(), publication });
  if (found.kind === "over") updateReaderMemory(withoutUnfinishedGift);
  return found.kind === "recall" && !CHOOSING_QUERY.test(location.search) ? found : null;
}

function recall(gift: Gift, words: GiftFormTexts): void {
  const undo = forms.filter((form) => isUnchangedAndUnfocused(form)).map((form) => fillIn(form, { gift, words }));
  for (const button of document.querySelectorAll<HTMLElement>("[data-recall-no]"))
    button.onclick = () => {
      forget(gift);
      for (const each of undo) each();
      // The pressed button has disappeared, so keyboard focus moves to the form's first choice.
      findElement("[name=every]:checked", button.closest("form") ?? document)?.focus();
    };
}

/** Deletes the unfinished gift from the device's memory, so that the form is filled with it only once. */
function forget({ sentAt }: Gift): void {
  updateReaderMemory((reader) => withoutUnfinishedGiftSentAt(reader, sentAt));
}

/**
 * Fills the gift into the form. Returns a function that restores the form's earlier values. That function restores
 * nothing if the reader has changed the form in the meantime.
 */
function fillIn(form: HTMLFormElement, { gift, words }: { gift: Gift; words: GiftFormTexts }): () => void {
  const line = getElement("[data-recall]", form);
  const before = fieldsOf(form).map((field) => ({ field, value: field.value, checked: isChecked(field) }));
  choose(form, gift);
  let isChanged = false;
  form.addEventListener("input", ({ isTrusted }) => {
    isChanged ||= isTrusted;
  });
  show(line, { form, gift, words });
  return () => {
    line.hidden = true;
    if (isChanged) return;
    for (const { field, value, checked } of before) {
      if (field instanceof HTMLInputElement && field.type === "radio") field.checked = checked;
      else field.value = value;
    }
    reportChange(form);
  };
}

function choose(form: HTMLFormElement, { frequency, money, amount }: Gift): void {
  const { currency } = money;
  const every = FREQUENCY_FIELD_VALUES[frequency];
  getElement<HTMLInputElement>(`[name=every][value=${every}]`, form).checked = true;
  getElement<HTMLSelectElement>("[name=currency]", form).value = currency;
  const radios = Array.from(
    form.querySelectorAll<HTMLInputElement>(`[name=${presetAmountFieldName({ currency, frequency })}]`),
  );
  const isSame = ({ value }: HTMLInputElement) => {
    const preset = parseTypedAmount(value, currency);
    return preset.kind === "amount" && preset.money.amountMinor === money.amountMinor;
  };
  const preset = radios.find(isSame);
  const chosen = preset ?? radios.find(({ value }) => value === "custom");
  if (chosen) chosen.checked = true;
  if (!preset) getElement<HTMLInputElement>("[name=custom]", form).value = amount;
  reportChange(chosen ?? form);
}

/**
 * Makes the form's own script (gift-form.ts) update the button. If `changed` is the radio button of an amount, the
 * script also selects the amount at the same position in every other group of amounts.
 */
function reportChange(changed: HTMLElement): void {
  changed.dispatchEvent(new Event("input", { bubbles: true }));
}

/**
 * Shows the line that says that the unfinished gift was filled in. Connects the line to the form's first group of
 * inputs with `aria-describedby`. Without that, screen readers would read the line only after the button.
 */
function show(
  line: HTMLElement,
  { form, gift, words }: { form: HTMLFormElement; gift: Gift; words: GiftFormTexts },
): void {
  const text = getElement(`[data-recall-every=${gift.frequency}]`, line);
  text.textContent = (text.textContent ?? "").replace(AMOUNT, formatMoney(gift.money, words));
  text.hidden = line.hidden = false;
  getElement("fieldset", form).setAttribute("aria-describedby", getElement("p", line).id);
  new IntersectionObserver(([entry], observer) => {
    if (!entry?.isIntersecting) return;
    observer.disconnect();
    forget(gift);
  }).observe(line);
}

/** Returns the form's fields without the hidden ones, which gift-form.ts fills in. */
function fieldsOf(form: HTMLFormElement): (HTMLInputElement | HTMLSelectElement)[] {
  return Array.from(form.querySelectorAll<HTMLInputElement | HTMLSelectElement>("input:not([type=hidden]), select"));
}

function isChecked(field: HTMLInputElement | HTMLSelectElement): boolean {
  return field instanceof HTMLInputElement && field.checked;
}
