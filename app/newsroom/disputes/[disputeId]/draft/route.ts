import { notFound } from "next/navigation";
import { disputePhaseOf } from "@/domain/newsroom/evidence/dispute-case";
import { disputePath } from "@/domain/newsroom/evidence/dispute-path";
import { disputeReasonOf } from "@/domain/newsroom/evidence/dispute-reasons";
import { discardUnsavedEvidence } from "@/domain/newsroom/evidence/drafts";
import { parseEvidence } from "@/domain/newsroom/evidence/fields";
import { EVIDENCE_FILE_FIELDS, listFileFields, MAX_TOTAL_FILE_BYTES } from "@/domain/newsroom/evidence/files";
import { findDisputeRow } from "@/domain/newsroom/evidence/store/case";
import { parseIdOfRequestFromColleague } from "@/domain/newsroom/people/requests-from-colleagues";
import { withStaffUpload } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { MAX_EVIDENCE_TEXT_FORM_BYTES } from "@/systems/form-size";
import { saveEvidenceDraftAndFiles } from "@/systems/people/save-evidence";
import { seeOther } from "@/systems/same-origin-form";

type Params = { disputeId: string };
const pageOf = ({ params }: { params: Params }) => disputePath(params.disputeId);

export const POST = withStaffUpload<Params>("people", {
  page: pageOf,
  limits: { maxTotalTextBytes: MAX_EVIDENCE_TEXT_FORM_BYTES, maxTotalFileBytes: MAX_TOTAL_FILE_BYTES },
  handle: async ({ form, files, params, viewer }) => {
    const [page, { disputeId }, { colleague }] = [pageOf({ params }), params, viewer];
    const db = await database();
    const dispute = await findDisputeRow(db, disputeId);
    if (!dispute?.paymentId) notFound();
    if (disputePhaseOf(dispute) !== "asked") return seeOther(page, await flashMessageCookie(page, { refusal: "over" }));
    if (form.get("do") === "drop") {
      await db.$transaction((tx) => discardUnsavedEvidence(tx, { disputeId, colleague }));
      return seeOther(page);
    }
    const reason = disputeReasonOf(dispute.reason);
    const fields = listFileFields(reason);
    const saved = await saveEvidenceDraftAndFiles(db, {
      ...{ disputeId, paymentId: dispute.paymentId, colleague, ...parseEvidence(form, reason) },
      form: parseIdOfRequestFromColleague(form.get("request")) ?? crypto.randomUUID(),
      shownVersion: Number(form.get("version")),
      sent: fields.flatMap((name) => (files.has(name) ? [{ name, bytes: files.get(name)?.bytes ?? null }] : [])),
      removed: EVIDENCE_FILE_FIELDS.filter((name) => form.get(`remove-${name}`) === "yes"),
    });
    const isSaved = saved === "saved" || saved === "repeated";
    if (isSaved && form.get("do") === "check") return seeOther(`${page}/submit`);
    return seeOther(page, await flashMessageCookie(page, { saved: isSaved ? "saved" : saved }));
  },
});
