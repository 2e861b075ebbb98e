import { DocumentDownloads } from "@/components/documents/document-downloads";
import { DocumentSheet } from "@/components/documents/document-sheet";
import { receiptDocument } from "@/components/documents/receipt-document";
import { OwnMessage } from "@/components/messages/own-message";
import { findGiftMessage } from "@/domain/supporters/gift-message";
import { publication } from "@/publication";
import { requireOwnReceipt } from "@/systems/auth/own-documents";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { readFlashMessage } from "@/systems/flash-message";
import { identityCrypto } from "@/systems/identity";
import { MESSAGE_LIMIT_WINDOW_MINUTES } from "@/systems/messages/may-write";
import { offersGiftMessages } from "@/systems/messages/offers-messages";
import { parseMessageFormFlash } from "@/systems/messages/send-message";
import { titleMetadata } from "@/systems/page-language";

export const generateMetadata = titleMetadata("supporters.receipt.title");

export default async function ReceiptPage({ params }: { params: Promise<{ paymentId: string }> }) {
  const { paymentId } = await params;
  const path = `/supporters/gifts/${paymentId}`;
  const { receipt, t, receiptName } = await requireOwnReceipt(paymentId, path);
  const message = await findGiftMessage(await database(), { paymentId: receipt.paymentId, identity: identityCrypto() });
  return (
    <div className="page page-narrow">
      <p className="supporters-back">
        <a href="/supporters">{t("supporters.back")}</a>
      </p>
      <DocumentSheet content={receiptDocument(receipt, { t, publication, now: currentTime(), receiptName })} />
      <DocumentDownloads t={t} pdf={`${path}/receipt.pdf`} />
      <OwnMessage
        t={t}
        action={`${path}/message`}
        message={message}
        isOffered={offersGiftMessages()}
        minutes={MESSAGE_LIMIT_WINDOW_MINUTES}
        {...parseMessageFormFlash(await readFlashMessage(path))}
      />
    </div>
  );
}
