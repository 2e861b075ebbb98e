import { disputePath } from "../../domain/newsroom/evidence/dispute-path";
import "server-only";
import { notFound } from "next/navigation";
import type { DisputeResponseAction } from "../../domain/newsroom/evidence/ask";
import { findDisputeRow } from "../../domain/newsroom/evidence/store/case";
import type { DisputeResponseReason, StaffReason } from "../../domain/newsroom/people/reasons";
import { parseIdOfRequestFromColleague } from "../../domain/newsroom/people/requests-from-colleagues";
import type { SignedInColleague } from "../auth/signed-in-user";
import { database } from "../database";
import { flashMessageCookie } from "../flash-message";
import { type SameOriginForm, seeOther } from "../same-origin-form";
import { storeAndCarryOutDisputeRequest } from "./answer-dispute";

type Params = { disputeId: string };
type Sent = SameOriginForm<Params> & { viewer: SignedInColleague };
type DisputeAction = { verb: DisputeResponseAction; why: StaffReason<DisputeResponseReason> };

/**
 * The reason that is stored in the dispute request and the audit log when a colleague sends evidence. The colleague
 * need not type a reason for this.
 */
export const AUDIT_REASON_FOR_SENDING_EVIDENCE = { why: "dispute", words: null } as const;

export function disputePagePath({ params }: Pick<SameOriginForm<Params>, "params">): string {
  return disputePath(params.disputeId);
}

export async function handleDisputeForm(sent: Sent, { verb, why }: DisputeAction): Promise<Response> {
  const { form, params, viewer } = sent;
  const page = disputePagePath(sent);
  const db = await database();
  if (!(await findDisputeRow(db, params.disputeId))?.paymentId) notFound();
  const id = parseIdOfRequestFromColleague(form.get("request"));
  if (!id) return seeOther(page);
  const shownFingerprint = form.get("shown") ?? "";
  const result = await storeAndCarryOutDisputeRequest(db, {
    ...params,
    id,
    verb,
    why,
    shownFingerprint,
    colleague: viewer.colleague,
  });
  const note = result.kind === "refused" ? { refusal: result.reason } : { request: id };
  return seeOther(page, await flashMessageCookie(page, note));
}
