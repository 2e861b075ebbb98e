import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { EvidenceReviewScreen } from "@/components/newsroom/evidence/evidence-review-screen";
import { translator } from "@/content/messages";
import { disputeStateFingerprint } from "@/domain/newsroom/evidence/ask";
import { disputePath } from "@/domain/newsroom/evidence/dispute-path";
import { isEvidenceEmpty } from "@/domain/newsroom/evidence/fields";
import { requireStaff } from "@/systems/auth/signed-in-user";
import { getDisputePage } from "@/systems/people/dispute-page";

export const dynamic = "force-dynamic";

type Props = { params: Promise<{ disputeId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { disputeId } = await params;
  const { locale } = await requireStaff("people", `${disputePath(disputeId)}/submit`);
  return { title: translator(locale)("dispute.check.title") };
}

export default async function ReviewEvidencePage({ params }: Props) {
  const { disputeId } = await params;
  const path = disputePath(disputeId);
  const viewer = await requireStaff("people", `${path}/submit`);
  const t = translator(viewer.locale);
  const { found, drafts, now, timeZone, names } = await getDisputePage(disputeId, viewer);
  const { shared } = drafts;
  if (!shared?.evidence || isEvidenceEmpty(shared.evidence) || found.phase !== "asked") redirect(path);
  const nameOf = (id: string) => names.get(id) ?? t("work.former");
  return (
    <EvidenceReviewScreen
      context={{ t, disputeCase: found, timeZone, now, nameOf }}
      evidence={shared.evidence}
      stateFingerprint={disputeStateFingerprint(found, shared)}
    />
  );
}
