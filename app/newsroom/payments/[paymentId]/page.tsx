import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PaymentScreen } from "@/components/newsroom/people/payment-screen";
import { receiptOrRefundNotice } from "@/components/newsroom/people/refund-notice";
import { translator } from "@/content/messages";
import { findPaymentForStaff } from "@/domain/newsroom/people/payment";
import { publication } from "@/publication";
import { requireStaff } from "@/systems/auth/signed-in-user";
import { findArticleById } from "@/systems/content";
import { database } from "@/systems/database";
import { readFlashMessage } from "@/systems/flash-message";
import { paymentDashboardUrl } from "@/systems/stripe/dashboard";

export const dynamic = "force-dynamic";

type Props = { params: Promise<{ paymentId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { paymentId } = await params;
  const { locale } = await requireStaff("people", `/newsroom/payments/${paymentId}`);
  return { title: translator(locale)("people.payment.tab") };
}

export default async function PaymentPage({ params }: Props) {
  const { paymentId } = await params;
  const path = `/newsroom/payments/${paymentId}`;
  const { locale } = await requireStaff("people", path);
  const payment = (await findPaymentForStaff(await database(), paymentId)) ?? notFound();
  return (
    <PaymentScreen
      locale={locale}
      timeZone={publication.timeZone}
      payment={payment}
      stripeUrl={paymentDashboardUrl(payment.row)}
      findHeadline={(id) => findArticleById(id)?.headline ?? null}
      notice={receiptOrRefundNotice(translator(locale), { flash: await readFlashMessage(path), payment })}
    />
  );
}
