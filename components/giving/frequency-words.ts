import type { Translate } from "@/content/messages";
import {
  frequencyTextKeyAndValues,
  type OnceOrRecurringFrequency,
  type RecurringFrequency,
} from "@/domain/giving/frequency";

type Words<Word> = { word: Word; every: string };

/**
 * Returns the parts that vary in a message about a frequency. Example: t(`link.title.${word}`, { every }). `word`: the
 * end of the message's key. `every`: the value of its placeholder, such as "every 3 months"; empty for a single gift.
 */
export function frequencyKeyEndingAndPlaceholderValue(
  t: Translate,
  frequency: RecurringFrequency,
): Words<"monthly" | "yearly" | "every">;
export function frequencyKeyEndingAndPlaceholderValue(
  t: Translate,
  frequency: OnceOrRecurringFrequency,
): Words<"once" | "monthly" | "yearly" | "every">;
export function frequencyKeyEndingAndPlaceholderValue(
  t: Translate,
  frequency: OnceOrRecurringFrequency,
): Words<string> {
  const { word, ...billingInterval } = frequencyTextKeyAndValues(frequency);
  return { word, every: word === "once" ? "" : t("giving.rhythm", billingInterval) };
}

/** Returns a phrase that stands alone, for tables: "Monthly", "Every 3 months". */
export function frequencyPhrase(t: Translate, frequency: OnceOrRecurringFrequency): string {
  const { word, ...billingInterval } = frequencyTextKeyAndValues(frequency);
  return word === "every" ? t("giving.rhythm.alone", billingInterval) : t(`giving.every.${word}`);
}
