import type { Translate } from "@/content/messages";

/**
 * Returns why a request to Stripe was not done. `code`: an error code of Stripe or of this site. Some codes have their
 * own message; others are shown with spaces instead of underscores.
 */
export function refusalCodeText(t: Translate, code: string): string {
  return t("newsroom.refused.code", { code, words: code.replaceAll("_", " ") });
}
