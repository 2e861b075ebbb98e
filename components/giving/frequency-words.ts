// The wording for how often a gift is given. Messages have one wording each for once, monthly and yearly, and one for all other
// frequencies.
import type { Translate } from "@/content/messages";
import { frequencyWord, type PaymentFrequency, type RecurringFrequency } from "@/domain/giving/frequency";

type Words<Word> = { word: Word; every: string };

/**
 * `word`: the last part of the message's key. `every`: a text such as "every 3 months", for the message whose key ends in "every";
 * empty for a single gift.
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

/** The frequency as a phrase of its own, for tables: "Monthly", "Every 3 months". */
export function frequencyPhrase(t: Translate, frequency: PaymentFrequency): string {
  const { word, ...rhythm } = frequencyWord(frequency);
  return word === "every" ? t("giving.rhythm.alone", rhythm) : t(`giving.every.${word}`);
}
