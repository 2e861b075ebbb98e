// The texts that say why an amount is refused. Server and browser script use the same messages.
import type { MessageKey, Translate } from "@/content/messages";
import type { GiftAmountRefusal } from "@/domain/giving/gift-form";
import { type Currency, formatMoney, type Money, usableDecimalsOf } from "@/domain/money";

export type RefusedAmount = { reason: GiftAmountRefusal; limit: Money | null };
export type AmountRefusalMessageName = Exclude<GiftAmountRefusal, "too-large-to-read"> | "whole-only";

export const AMOUNT_REFUSAL_MESSAGE_KEYS = {
  missing: "giving.refused.missing",
  "not-a-number": "giving.refused.not-a-number",
  negative: "giving.refused.negative",
  "unclear-separator": "giving.refused.unclear-separator",
  "other-currency": "giving.refused.other-currency",
  zero: "giving.refused.zero",
  "too-many-decimals": "giving.refused.too-many-decimals",
  "whole-only": "giving.refused.whole-only",
  "below-minimum": "giving.refused.below-minimum",
  "above-maximum": "giving.refused.above-maximum",
  "too-large-with-fee": "giving.refused.too-large-with-fee",
} as const satisfies Record<AmountRefusalMessageName, MessageKey>;

/** The annotation PURE lets the bundler remove this constant from the browser script. */
export const ALL_AMOUNT_REFUSAL_MESSAGE_NAMES = /* @__PURE__ */ Object.keys(
  AMOUNT_REFUSAL_MESSAGE_KEYS,
) as AmountRefusalMessageName[];

/**
 * Returns the name of the message for a refused amount. If the number is too long to parse, the name is
 * "above-maximum". If it has decimals in a currency without decimals, such as yen, the name is "whole-only".
 */
export function amountRefusalMessageName(reason: GiftAmountRefusal, currency: Currency): AmountRefusalMessageName {
  if (reason === "too-large-to-read") return "above-maximum";
  if (reason === "too-many-decimals" && usableDecimalsOf(currency) === 0) return "whole-only";
  return reason;
}

export function refusalText(t: Translate, { reason, limit, currency }: RefusedAmount & { currency: Currency }): string {
  const words = limit ? { limit: formatMoney(limit, { locale: t.locale }) } : {};
  return t(AMOUNT_REFUSAL_MESSAGE_KEYS[amountRefusalMessageName(reason, currency)], words);
}
