import { notFound } from "next/navigation";
import { fateOf } from "@/domain/newsroom/evidence/dispute-case";
import { disputePath } from "@/domain/newsroom/evidence/dispute-path";
import { dropAside, saveDraft } from "@/domain/newsroom/evidence/drafts";
import { parseEvidence, reasonOf } from "@/domain/newsroom/evidence/fields";
import { findDisputeRow } from "@/domain/newsroom/evidence/store/case";
import { noteAct } from "@/systems/auth/staff";
import { withStaff } from "@/systems/auth/with-viewer";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { ownIdentity } from "@/systems/identity";
import { noteFor } from "@/systems/note";
import { type OwnForm, seeOther } from "@/systems/same-origin-form";

type Params = { disputeId: string };
const pageOf = ({ params }: OwnForm<Params>) => disputePath(params.disputeId);

export const POST = withStaff<Params>("people", pageOf, async (sent) => {
  const { form, params, viewer } = sent;
  const [page, { disputeId }, { colleague }] = [pageOf(sent), params, viewer];
  const db = await database();
  const dispute = await findDisputeRow(db, disputeId);
  if (!dispute?.paymentId) notFound();
  if (fateOf(dispute) !== "asked") return seeOther(page, await noteFor(page, { refusal: "over" }));
  if (form.get("do") === "drop") {
    await db.$transaction((tx) => dropAside(tx, { disputeId, colleague }));
    return seeOther(page);
  }
  const about = `payment:${dispute.paymentId}`;
  const shownVersion = Number(form.get("version"));
  const save = { disputeId, colleague, shownVersion, ...parseEvidence(form, reasonOf(dispute.reason)) };
  const saved = await db.$transaction(async (tx) => {
    const result = await saveDraft(tx, { ...save, identity: ownIdentity(), now: currentTime() });
    const after = { dispute: disputeId, version: shownVersion + 1 };
    if (result === "saved") await noteAct(tx, { colleague, kind: "dispute-draft-saved", about, after });
    return result;
  });
  if (saved === "saved" && form.get("do") === "check") return seeOther(`${page}/submit`);
  return seeOther(page, await noteFor(page, { saved }));
});
