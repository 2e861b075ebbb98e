// The wording for how often a gift is given. There is one wording for once, one for monthly, one for yearly, and one for all
// other frequencies.
import type { Translate } from "@/content/messages";
import { frequencyWord, type PaymentFrequency, type RecurringFrequency } from "@/domain/giving/frequency";

type Words<Word> = { word: Word; every: string };

/**
 * Use as t(`link.title.${word}`, { every }). `word` selects the message. `every` (such as "every 3 months") fills the message's
 * placeholder, and is empty for a single gift.
 */
export function frequencyWords(t: Translate, frequency: RecurringFrequency): Words<"monthly" | "yearly" | "every">;
export function frequencyWords(
  t: Translate,
  frequency: PaymentFrequency,
): Words<"once" | "monthly" | "yearly" | "every">;
export function frequencyWords(t: Translate, frequency: PaymentFrequency): Words<string> {
  const { word, ...rhythm } = frequencyWord(frequency);
  return { word, every: word === "once" ? "" : t("giving.rhythm", rhythm) };
}

/** Returns the frequency as a phrase that stands alone, for tables: "Monthly", "Every 3 months". */
export function frequencyPhrase(t: Translate, frequency: PaymentFrequency): string {
  const { word, ...rhythm } = frequencyWord(frequency);
  return word === "every" ? t("giving.rhythm.alone", rhythm) : t(`giving.every.${word}`);
}
