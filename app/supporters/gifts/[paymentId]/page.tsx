import { OwnMessage } from "@/components/messages/own-message";
import { PaperDownloads } from "@/components/papers/paper-downloads";
import { PaperSheet } from "@/components/papers/paper-sheet";
import { receiptPaper } from "@/components/papers/receipt-paper";
import { findMessage } from "@/domain/supporters/gift-message";
import { publication } from "@/publication";
import { requireOwnReceipt } from "@/systems/auth/own-papers";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { readFlashMessage } from "@/systems/flash-message";
import { ownIdentity } from "@/systems/identity";
import { MESSAGE_LIMIT_WINDOW_MINUTES } from "@/systems/messages/may-write";
import { offersMessages } from "@/systems/messages/offers-messages";
import { readMessageAnswer } from "@/systems/messages/send-message";
import { titleMetadata } from "@/systems/page-language";

export const generateMetadata = titleMetadata("supporters.receipt.title");

export default async function ReceiptPage({ params }: { params: Promise<{ paymentId: string }> }) {
  const { paymentId } = await params;
  const path = `/supporters/gifts/${paymentId}`;
  const { receipt, t, receiptName } = await requireOwnReceipt(paymentId, path);
  const message = await findMessage(await database(), { paymentId: receipt.paymentId, identity: ownIdentity() });
  return (
    <div className="page page-narrow">
      <p className="supporters-back">
        <a href="/supporters">{t("supporters.back")}</a>
      </p>
      <PaperSheet paper={receiptPaper(receipt, { t, publication, now: currentTime(), receiptName })} />
      <PaperDownloads t={t} pdf={`${path}/receipt.pdf`} />
      <OwnMessage
        t={t}
        action={`${path}/message`}
        message={message}
        isOffered={offersMessages()}
        minutes={MESSAGE_LIMIT_WINDOW_MINUTES}
        {...readMessageAnswer(await readFlashMessage(path))}
      />
    </div>
  );
}
