import type { Translate } from "@/content/messages";
import { knownDisputeReasonOrNull } from "@/domain/newsroom/evidence/dispute-reasons";

/**
 * Returns a short label for Stripe's reason of a dispute. An unknown reason is shown with spaces instead of
 * underscores.
 */
export function disputeReasonLabel(t: Translate, stripeReason: string): string {
  const reason = knownDisputeReasonOrNull(stripeReason);
  return reason ? t(`dispute.reason-label.${reason}`) : stripeReason.replaceAll("_", " ");
}

/**
 * Returns a short label for Stripe's status of a dispute. An unknown status is shown with spaces instead of
 * underscores.
 */
export function disputeStatusLabel(t: Translate, status: string): string {
  return t("dispute.status-label", { status, words: status.replaceAll("_", " ") });
}
