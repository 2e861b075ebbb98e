import type { Translate } from "@/content/messages";
import { frequencyWord, type PaymentFrequency, type RecurringFrequency } from "@/domain/giving/frequency";

type Words<Word> = { word: Word; every: string };

/**
 * Use as t(`link.title.${word}`, { every }). `every` (such as "every 3 months") fills the message's placeholder, and
 * is empty for a single gift.
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

/** A phrase that stands alone, for tables: "Monthly", "Every 3 months". */
export function frequencyPhrase(t: Translate, frequency: PaymentFrequency): string {
  const { word, ...rhythm } = frequencyWord(frequency);
  return word === "every" ? t("giving.rhythm.alone", rhythm) : t(`giving.every.${word}`);
}
