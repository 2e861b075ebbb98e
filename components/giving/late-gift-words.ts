// The texts of the gift form that only its script shows, and only to a reader who uses the form. The build writes them to a file per language
// (tools/build/reader-script.mjs), which the script fetches when the reader first touches a form. It replaces `{limit}` in them.
import { translator } from "@/content/messages";
import { REFUSAL_KEYS, REFUSAL_WORDS, type RefusalWord } from "./refusal-text";

export type LateGiftWords = Record<RefusalWord | "opening", string>;

export function lateGiftWords(locale: string): LateGiftWords {
  const t = translator(locale);
  const refused = REFUSAL_WORDS.map((word) => [word, t(REFUSAL_KEYS[word], { limit: "{limit}" })]);
  return { opening: t("giving.opening"), ...Object.fromEntries(refused) };
}
