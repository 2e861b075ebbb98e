import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { refundRefusalText } from "@/components/newsroom/people/refund-form-screen";
import { RefundRequestFromColleagueScreen } from "@/components/newsroom/people/refund-request-screen";
import { translator } from "@/content/messages";
import { findPaymentForStaff } from "@/domain/newsroom/people/payment";
import { CONFIRM_REFUND_REFUSALS, idOfRequestedObject } from "@/domain/newsroom/people/requests-from-colleagues";
import { findRequestFromColleague } from "@/domain/newsroom/people/store/requests-from-colleagues";
import { requireStaff } from "@/systems/auth/signed-in-user";
import { database } from "@/systems/database";
import { readFlashMessage } from "@/systems/flash-message";
import { findRecurringGiftForStaff } from "@/systems/people/change-gift";

export const dynamic = "force-dynamic";

type Props = { params: Promise<{ requestId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { requestId } = await params;
  const { locale } = await requireStaff("people", `/newsroom/refunds/${requestId}`);
  return { title: translator(locale)("people.refund.title") };
}

export default async function ConfirmRefundPage({ params }: Props) {
  const { requestId } = await params;
  const path = `/newsroom/refunds/${requestId}`;
  const { locale, colleague } = await requireStaff("people", path);
  const db = await database();
  const request = await findRequestFromColleague(db, requestId);
  if (request?.kind !== "refund") return notFound();
  const payment = (await findPaymentForStaff(db, idOfRequestedObject(request.about))) ?? notFound();
  const note = await readFlashMessage(path);
  const refusal = CONFIRM_REFUND_REFUSALS.find((each) => each === note?.refusal);
  if (request.status !== "waiting" && !refusal) redirect(`/newsroom/payments/${payment.id}`);
  const t = translator(locale);
  const { recurringGiftId } = payment.row;
  return (
    <RefundRequestFromColleagueScreen
      t={t}
      request={request}
      payment={payment}
      gift={recurringGiftId ? await findRecurringGiftForStaff(db, recurringGiftId) : null}
      isOwn={request.askedBy === colleague.id}
      notice={refusal ? { kind: "bad", title: refundRefusalText(t, { refusal, payment }) } : null}
    />
  );
}
