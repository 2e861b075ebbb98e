// The gift form, read: fields as sent by a form or a link in, a gift or the reason why not out. The page draws the same
// GiftForm that was read, so nothing a reader typed is lost.
import { type Currency, isCurrency, type Money, money, stripeMinimum, toDecimal } from "../money";
import type { Publication } from "../publication";
import type { PaymentFrequency } from "./frequency";
import { FREQUENCIES, type Frequency, type Gift, PLACEMENTS, type Placement } from "./gift";
import { parseTypedAmount, type TypedRefusal } from "./typed-amount";

export type Fields = Record<string, string | string[] | undefined>;

/** How a frequency is written in links and fields. */
export const EVERY: Record<Frequency, string> = { once: "once", monthly: "month", yearly: "year" };

export type GiftForm = {
  frequency: Frequency;
  currency: Currency;
  /** As typed or as offered, in major units; null where nothing was given yet. */
  amount: string | null;
  /** The amount is the reader's own, not one of the preset amounts. */
  isCustom: boolean;
  article: string | null;
  placement: Placement;
  appeal: string;
  variant: string;
};

export type GiftAmountRefusal = TypedRefusal | "below-minimum" | "above-maximum";
export type ParsedGiftAmount =
  | { kind: "amount"; money: Money }
  | { kind: "refused"; reason: GiftAmountRefusal; limit: Money | null };
export type ParsedGift = { kind: "gift"; gift: Gift } | Extract<ParsedGiftAmount, { kind: "refused" }>;

/** All of the publication that an amount is checked against; the reader script has no more of it. */
type Limits = Pick<Publication, "limits">;

const LONGEST_AMOUNT = 40;
const OPAQUE_ID = /^[\w-]{1,64}$/;

/** Never fails: what is missing or unknown takes the publication's default. */
export function readGiftForm(fields: Fields, publication: Publication): GiftForm {
  const text = (name: string) => one(fields[name]);
  const frequency = FREQUENCIES.find((known) => EVERY[known] === text("every")) ?? publication.defaultFrequency;
  const asked = text("currency")?.toUpperCase() ?? publication.defaultCurrency;
  const isTaken = isCurrency(asked) && publication.currencies.includes(asked);
  const currency = isTaken ? asked : publication.defaultCurrency;
  // 2000 of a currency that we do not take is not 2000 of ours.
  const amount = isTaken ? readAmount({ text, currency, frequency }) : null;
  const offered = publication.presetAmounts[currency][frequency].find((preset) =>
    isSameAmount(preset, { amount, currency }),
  );
  return {
    frequency,
    currency,
    amount: offered ?? amount,
    isCustom: amount !== null && offered === undefined,
    article: opaque(text("article")),
    placement: PLACEMENTS.find((known) => known === text("placement")) ?? "give",
    appeal: opaque(text("appeal")) ?? "none",
    variant: opaque(text("variant")) ?? "none",
  };
}

/** The group of amounts that belongs to the chosen currency and frequency speaks first, then a typed amount, then a link's. */
function readAmount(form: {
  text: (name: string) => string | undefined;
  currency: Currency;
  frequency: Frequency;
}): string | null {
  const { text, currency, frequency } = form;
  const chosen = text(presetField({ currency, frequency }));
  const typed = text("custom");
  const amount =
    chosen !== undefined && chosen !== "custom" ? chosen : (typed ?? (chosen === "custom" ? "" : text("amount")));
  return amount === undefined ? null : amount.slice(0, LONGEST_AMOUNT);
}

/** `20.00` and `$20` are the 20 on offer: Checkout's way back writes the first, a reader the second. */
function isSameAmount(preset: string, { amount, currency }: { amount: string | null; currency: Currency }): boolean {
  const parsed = parseTypedAmount(amount ?? "", currency);
  return parsed.kind === "amount" && parsed.money.amountMinor === money(preset, currency).amountMinor;
}

/** The gift form, filled in as this gift was. A frequency that the form does not offer becomes a single gift: it promises the least. */
export function giveAgainPath({ money: amount, frequency }: { money: Money; frequency: PaymentFrequency }): string {
  const every = FREQUENCIES.find((offered) => offered === frequency) ?? "once";
  return `/give?${new URLSearchParams({ every: EVERY[every], currency: amount.currency, amount: toDecimal(amount) })}`;
}

/** The name of the radio group that offers the amounts of one currency and frequency. */
export function presetField({ currency, frequency }: { currency: Currency; frequency: Frequency }): string {
  return `preset-${currency.toLowerCase()}-${EVERY[frequency]}`;
}

/** An amount that a reader names, for a new gift or a changed one; refused outside our limits and below Stripe's minimum. */
export function parseGiftAmount(asked: { text: string; currency: Currency; publication: Limits }): ParsedGiftAmount {
  const parsed = parseTypedAmount(asked.text, asked.currency);
  if (parsed.kind === "refused") {
    const tooLarge = parsed.reason === "too-large-to-read";
    return { kind: "refused", reason: parsed.reason, limit: tooLarge ? largest(asked) : null };
  }
  const { money: amount } = parsed;
  if (amount.amountMinor < smallest(asked).amountMinor)
    return { kind: "refused", reason: "below-minimum", limit: smallest(asked) };
  if (amount.amountMinor > largest(asked).amountMinor)
    return { kind: "refused", reason: "above-maximum", limit: largest(asked) };
  return { kind: "amount", money: amount };
}

/** Whether a form says how often and in which currency, in words that we know: no default decides what somebody pays. */
export function saysWhatIsPaid(fields: Fields, { currencies }: Pick<Publication, "currencies">): boolean {
  const every = FREQUENCIES.some((known) => EVERY[known] === fields.every);
  return every && currencies.some((known) => known === fields.currency);
}

/** Refuses an amount that is missing, unreadable or outside the limits; everything else in the form has a default. */
export function parseGift(
  form: GiftForm,
  { publication, locale }: { publication: Publication; locale: string },
): ParsedGift {
  const amount = parseGiftAmount({ text: form.amount ?? "", currency: form.currency, publication });
  if (amount.kind === "refused") return amount;
  const { frequency, article, appeal, variant, placement } = form;
  return { kind: "gift", gift: { money: amount.money, frequency, article, appeal, variant, placement, locale } };
}

/** The same form as a link: what a refused form goes back to, and what an editor puts into a mail. */
export function giftFormQuery(form: GiftForm): string {
  const query = new URLSearchParams({ every: EVERY[form.frequency], currency: form.currency });
  if (form.amount !== null) query.set("amount", form.amount);
  if (form.article) query.set("article", form.article);
  if (form.placement !== "give") query.set("placement", form.placement);
  for (const name of ["appeal", "variant"] as const) if (form[name] !== "none") query.set(name, form[name]);
  return query.toString();
}

export function smallest({ currency, publication }: { currency: Currency; publication: Limits }): Money {
  const ours = money(publication.limits[currency].min, currency);
  const stripes = stripeMinimum(currency);
  return ours.amountMinor >= stripes.amountMinor ? ours : stripes;
}

export function largest({ currency, publication }: { currency: Currency; publication: Limits }): Money {
  return money(publication.limits[currency].max, currency);
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

function opaque(value: string | undefined): string | null {
  return value !== undefined && OPAQUE_ID.test(value) ? value : null;
}
