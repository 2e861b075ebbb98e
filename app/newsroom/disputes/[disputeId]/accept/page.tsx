import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { disputeTitle } from "@/components/newsroom/evidence/dispute-screen";
import { ConfirmActionScreen } from "@/components/newsroom/people/confirm-action-screen";
import { translator } from "@/content/messages";
import { formatMoneyWithDecimals } from "@/domain/money";
import { disputeStateFingerprint } from "@/domain/newsroom/evidence/ask";
import { disputePath } from "@/domain/newsroom/evidence/dispute-path";
import { requireStaff } from "@/systems/auth/signed-in-user";
import { readFlashMessage } from "@/systems/flash-message";
import { getDisputePage } from "@/systems/people/dispute-page";
import { findTypedStaffReason } from "@/systems/people/staff-act-reason";

export const dynamic = "force-dynamic";

type Props = { params: Promise<{ disputeId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { disputeId } = await params;
  const { locale } = await requireStaff("people", `${disputePath(disputeId)}/accept`);
  return { title: translator(locale)("dispute.accept.question") };
}

export default async function AcceptDisputePage({ params }: Props) {
  const { disputeId } = await params;
  const page = disputePath(disputeId);
  const path = `${page}/accept`;
  const viewer = await requireStaff("people", path);
  const t = translator(viewer.locale);
  const { found, drafts } = await getDisputePage(disputeId, viewer);
  if (found.phase !== "asked") redirect(page);
  const { gift, isInquiry } = found;
  const money = t("dispute.accept.money", {
    isInquiry: isInquiry ? "yes" : "no",
    amount: formatMoneyWithDecimals(t.locale, found.money),
  });
  const isRunning = gift !== null && gift.standing !== "ended";
  return (
    <ConfirmActionScreen
      t={t}
      title={t("dispute.accept.question")}
      preview={[money, t("dispute.accept.final"), ...(isRunning ? [t("dispute.accept.gift")] : [])]}
      action={`${path}/confirm`}
      back={{ href: page, label: disputeTitle({ t, disputeCase: found }) }}
      submitLabel={t("dispute.accept.submit")}
      cancelLabel={t("dispute.accept.keep")}
      hidden={{ shown: disputeStateFingerprint(found, drafts.shared) }}
      typedReason={findTypedStaffReason(await readFlashMessage(path))}
    />
  );
}
