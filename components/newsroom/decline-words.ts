// The text that explains why a bank or Stripe refused a payment.
import type { Translate } from "@/content/messages";

/** Common Stripe codes have their own message. Other codes are shown with spaces instead of underscores. */
export function declineWords(t: Translate, code: string | null): string {
  if (code === null) return t("newsroom.failed.no-code");
  return t("newsroom.failed.code", { code, words: code.replaceAll("_", " ") });
}
