import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ConfirmActionScreen } from "@/components/newsroom/people/confirm-action-screen";
import { RefundFormScreen, refundRefusalText } from "@/components/newsroom/people/refund-form-screen";
import { previewRefund } from "@/components/newsroom/people/refund-preview";
import { translator } from "@/content/messages";
import { formatMoneyWithDecimals } from "@/domain/money";
import { findPaymentForStaff } from "@/domain/newsroom/people/payment";
import { planTypedRefund } from "@/domain/newsroom/people/refund";
import { REFUND_REQUEST_REFUSALS } from "@/domain/newsroom/people/requests-from-colleagues";
import { publication } from "@/publication";
import { requireStaff } from "@/systems/auth/signed-in-user";
import { database } from "@/systems/database";
import { readFlashMessage } from "@/systems/flash-message";
import { findRecurringGiftForStaff } from "@/systems/people/change-gift";
import { findTypedStaffReason } from "@/systems/people/staff-act-reason";

export const dynamic = "force-dynamic";

type Query = Record<"amount" | "ends", string | string[] | undefined>;
type Props = { params: Promise<{ paymentId: string }>; searchParams: Promise<Query> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { paymentId } = await params;
  const { locale } = await requireStaff("people", `/newsroom/payments/${paymentId}/refund`);
  return { title: translator(locale)("people.refund.title") };
}

export default async function RefundPage({ params, searchParams }: Props) {
  const { paymentId } = await params;
  const path = `/newsroom/payments/${paymentId}/refund`;
  const { locale } = await requireStaff("people", path);
  const t = translator(locale);
  const db = await database();
  const payment = (await findPaymentForStaff(db, paymentId)) ?? notFound();
  const { amount, ends } = await searchParams;
  const note = await readFlashMessage(path);
  const refused = REFUND_REQUEST_REFUSALS.find((each) => each === note?.refusal);
  const refusalNotice = refused
    ? { kind: "bad" as const, title: refundRefusalText(t, { refusal: refused, payment }) }
    : null;
  if (typeof amount !== "string")
    return <RefundFormScreen {...{ locale, payment, notice: refusalNotice }} typed={null} refusal={null} />;
  const typed = { amount, ends: ends === "yes" };
  const plan = planTypedRefund(payment.row, { amountText: amount, publication });
  if (plan.kind === "refused")
    return <RefundFormScreen {...{ locale, payment, typed, notice: refusalNotice }} refusal={plan.reason} />;
  const { recurringGiftId } = payment.row;
  const gift = recurringGiftId ? await findRecurringGiftForStaff(db, recurringGiftId) : null;
  const words = { amount: formatMoneyWithDecimals(t.locale, plan.money) };
  return (
    <ConfirmActionScreen
      t={t}
      title={t("people.refund.question", words)}
      preview={[
        ...previewRefund(t, { payment, plan, gift, endsGift: typed.ends }),
        ...(plan.needsSecondPerson ? [t("people.refund.second")] : []),
      ]}
      action={`${path}/confirm`}
      back={{
        href: path.replace(/\/refund$/, ""),
        label: t("people.payment.title", { amount: formatMoneyWithDecimals(t.locale, payment.money) }),
      }}
      submitLabel={plan.needsSecondPerson ? t("people.refund.submit-second") : t("people.refund.submit", words)}
      cancelLabel={t("people.refund.keep")}
      hidden={{ amount, ends: typed.ends ? "yes" : "", shown: String(plan.kept.amountMinor) }}
      typedReason={findTypedStaffReason(note)}
      notice={refusalNotice}
    />
  );
}
