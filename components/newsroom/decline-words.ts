import type { Translate } from "@/content/messages";

/**
 * Returns why a bank declined a payment. `code`: Stripe's code. Some codes have their own message; others are shown
 * with spaces instead of underscores.
 */
export function declineReasonText(t: Translate, code: string | null): string {
  if (code === null) return t("newsroom.failed.no-code");
  return t("newsroom.failed.code", { code, words: code.replaceAll("_", " ") });
}
