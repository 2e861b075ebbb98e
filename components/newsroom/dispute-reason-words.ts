import type { Translate } from "@/content/messages";
import { findDisputeReason } from "@/domain/newsroom/evidence/dispute-reasons";

/** Returns a short label for Stripe's reason of a dispute. An unknown reason is shown with spaces instead of underscores. */
export function disputeReasonLabel(t: Translate, stripes: string): string {
  const reason = findDisputeReason(stripes);
  return reason ? t(`dispute.reason-label.${reason}`) : stripes.replaceAll("_", " ");
}
