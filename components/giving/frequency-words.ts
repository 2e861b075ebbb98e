// How often a gift is given, for messages that have a wording of their own for once, monthly and yearly, and one for the rest.
import type { Translate } from "@/content/messages";
import { frequencyWord, type PaymentFrequency, type RecurringFrequency } from "@/domain/giving/frequency";

type Words<Word> = { word: Word; every: string };

/** `word`: the end of the message's key · `every`: "every 3 months", for the wording of that name; empty for a single gift. */
export function frequencyWords(t: Translate, frequency: RecurringFrequency): Words<"monthly" | "yearly" | "every">;
export function frequencyWords(
  t: Translate,
  frequency: PaymentFrequency,
): Words<"once" | "monthly" | "yearly" | "every">;
export function frequencyWords(t: Translate, frequency: PaymentFrequency): Words<string> {
  const { word, ...rhythm } = frequencyWord(frequency);
  return { word, every: word === "once" ? "" : t("giving.rhythm", rhythm) };
}

/** By itself, as in a table: "Monthly", "Every 3 months". */
export function frequencyAlone(t: Translate, frequency: PaymentFrequency): string {
  const { word, ...rhythm } = frequencyWord(frequency);
  return word === "every" ? t("giving.rhythm.alone", rhythm) : t(`giving.every.${word}`);
}
