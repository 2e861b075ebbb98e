import type { Translate } from "@/content/messages";

/** Some Stripe codes have their own message. All other codes are shown with spaces instead of underscores. */
export function declineReasonText(t: Translate, code: string | null): string {
  if (code === null) return t("newsroom.failed.no-code");
  return t("newsroom.failed.code", { code, words: code.replaceAll("_", " ") });
}
