import { parseEmailAddress } from "../email-address";
import { FREQUENCIES } from "../frequencies";
import { type GiftAmountRefusal, parseGiftAmount } from "../giving/gift-form";
import { type Currency, isStripeCurrency, type Money } from "../money";
import { defaultCurrencyOf, type Publication } from "../publication";
import type { ReminderFrequency, ReminderRequest } from "./reminders";

export type UncheckedReminderForm = { email: string; rhythm: ReminderFrequency; amount: string; currency: Currency };

export type ParseReminderResult =
  | { kind: "reminder"; email: string; reminder: ReminderRequest }
  | { kind: "refused"; reason: "email" }
  | { kind: "refused"; reason: "amount"; amount: { reason: GiftAmountRefusal; limit: Money | null } };

const MAX_LENGTH = { email: 254, amount: 40 };

/**
 * Reads the form and refuses nothing. An unknown rhythm becomes `once`; an unknown currency becomes the default
 * currency.
 */
export function readUncheckedReminderForm(
  text: (name: string) => string | null,
  publication: Publication,
): UncheckedReminderForm {
  const currency = text("currency");
  return {
    email: (text("email") ?? "").slice(0, MAX_LENGTH.email),
    rhythm: FREQUENCIES.find((rhythm) => rhythm === text("rhythm")) ?? "once",
    amount: (text("amount") ?? "").slice(0, MAX_LENGTH.amount),
    currency:
      currency !== null && isStripeCurrency(currency) && currency in publication.currencies
        ? currency
        : defaultCurrencyOf(publication),
  };
}

/** Checks the form. A monthly or yearly reminder needs an amount; a single reminder does not. */
export function parseReminder(form: UncheckedReminderForm, publication: Publication): ParseReminderResult {
  const address = parseEmailAddress(form.email);
  if (address.kind === "refused") return { kind: "refused", reason: "email" };
  const { rhythm, currency } = form;
  const text = form.amount.trim();
  if (rhythm === "once" && text === "")
    return { kind: "reminder", email: address.address, reminder: { rhythm, money: null } };
  const amount = parseGiftAmount({ text, currency, publication });
  if (amount.kind === "refused") return { kind: "refused", reason: "amount", amount };
  return { kind: "reminder", email: address.address, reminder: { rhythm, money: amount.money } };
}
