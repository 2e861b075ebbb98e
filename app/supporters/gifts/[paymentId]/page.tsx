import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Receipt } from "@/components/supporters/receipt";
import { translator } from "@/content/messages";
import { findOwnReceipt } from "@/domain/supporters/own-gifts";
import { publication } from "@/publication";
import { requireViewer } from "@/systems/auth/viewer";
import { database } from "@/systems/database";

export const metadata: Metadata = { title: translator(publication.defaultLanguage)("supporters.receipt.title") };

export default async function ReceiptPage({ params }: { params: Promise<{ paymentId: string }> }) {
  const { paymentId } = await params;
  const { supporterId, locale } = await requireViewer(`/supporters/gifts/${paymentId}`);
  const receipt = supporterId ? await findOwnReceipt(await database(), { paymentId, supporterId }) : null;
  if (!receipt) notFound();
  const t = translator(locale);
  return (
    <div className="page page-narrow">
      <p className="supporters-back">
        <a href="/supporters">{t("supporters.back")}</a>
      </p>
      <Receipt locale={locale} receipt={receipt} publication={publication} />
      <p className="supporters-note receipt-keep">{t("supporters.receipt.keep")}</p>
    </div>
  );
}
