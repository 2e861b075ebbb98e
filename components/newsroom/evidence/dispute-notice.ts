import type { Translate } from "@/content/messages";
import { DISPUTE_REQUEST_REFUSAL_REASONS, DISPUTE_RESPONSE_ACTIONS } from "@/domain/newsroom/evidence/ask";
import type { DisputeCase } from "@/domain/newsroom/evidence/dispute-case";
import type { StaffRequest } from "@/domain/newsroom/people/requests-from-colleagues";
import type { NoticeContent } from "../people/people-screen-frame";
import { refusalCodeText } from "../refusal-code-text";

/**
 * `flash`: the cookie's content, which tells the result of the last form. If the form made a request to Stripe, the
 * cookie contains only the request's id. The request's state comes from `disputeCase`, so the notice shows the state at
 * the time when the page is loaded.
 */
type DisputeTold = { flash: Record<string, unknown> | null; disputeCase: DisputeCase };

export function disputeFormResultNotice(t: Translate, { flash, disputeCase }: DisputeTold): NoticeContent | null {
  const refusal = DISPUTE_REQUEST_REFUSAL_REASONS.find((each) => each === flash?.refusal);
  if (refusal) return { kind: "bad", title: t(`dispute.told.refused.${refusal}`) };
  if (flash?.saved === "saved") return { kind: "good", title: t("dispute.told.saved") };
  if (flash?.saved === "stale")
    return { kind: "bad", title: t("dispute.told.stale"), text: t("dispute.told.stale-text") };
  if (flash?.saved === "refused")
    return { kind: "bad", title: t("dispute.told.not-saved"), text: t("dispute.told.not-saved-text") };
  const request = disputeCase.requests.find(({ id }) => id === flash?.request);
  return request ? requestTold(t, request) : null;
}

function requestTold(t: Translate, { kind, status, code }: StaffRequest): NoticeContent {
  const verb = DISPUTE_RESPONSE_ACTIONS.find((each) => kind === `dispute-${each}`) ?? "stage";
  if (status === "done")
    return { kind: "good", title: t(`dispute.told.${verb}`), text: t(`dispute.told.${verb}-text`) };
  if (status !== "refused")
    return { kind: "bad", title: t("dispute.told.unanswered"), text: t("dispute.told.unanswered-text") };
  if (code === "over") return { kind: "bad", title: t("dispute.told.over") };
  if (code === "changed")
    return { kind: "bad", title: t("dispute.told.changed"), text: t("dispute.told.changed-text") };
  if (code === "unchanged")
    return { kind: "bad", title: t("dispute.told.unchanged"), text: t("dispute.told.unchanged-text") };
  const words = { code: refusalCodeText(t, code ?? "unknown") };
  return { kind: "bad", title: t("dispute.told.no"), text: t("dispute.told.no-text", words) };
}
