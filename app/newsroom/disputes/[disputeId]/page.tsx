import type { Metadata } from "next";
import { disputeFormResultNotice } from "@/components/newsroom/evidence/dispute-notice";
import { DisputeScreen } from "@/components/newsroom/evidence/dispute-screen";
import { proposeEvidence } from "@/components/newsroom/evidence/proposal";
import { translator } from "@/content/messages";
import { disputePath } from "@/domain/newsroom/evidence/dispute-path";
import { publication } from "@/publication";
import { requireStaff } from "@/systems/auth/signed-in-user";
import { readFlashMessage } from "@/systems/flash-message";
import { getDisputePage } from "@/systems/people/dispute-page";
import { paymentDashboardUrl } from "@/systems/stripe/dashboard";

export const dynamic = "force-dynamic";

type Props = { params: Promise<{ disputeId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { disputeId } = await params;
  const { locale } = await requireStaff("people", disputePath(disputeId));
  return { title: translator(locale)("dispute.tab") };
}

export default async function DisputePage({ params }: Props) {
  const { disputeId } = await params;
  const path = disputePath(disputeId);
  const viewer = await requireStaff("people", path);
  const t = translator(viewer.locale);
  const { found, drafts, now, timeZone, names } = await getDisputePage(disputeId, viewer);
  return (
    <DisputeScreen
      context={{ t, disputeCase: found, timeZone, now, nameOf: (id) => names.get(id) ?? t("work.former") }}
      drafts={drafts}
      proposal={proposeEvidence(translator(publication.defaultLanguage), {
        disputeCase: found,
        name: publication.name,
      })}
      stripeUrl={paymentDashboardUrl(found.payment.row)}
      notice={disputeFormResultNotice(t, { flash: await readFlashMessage(path), disputeCase: found })}
    />
  );
}
