import { PaperDownloads } from "@/components/papers/paper-downloads";
import { PaperSheet } from "@/components/papers/paper-sheet";
import { receiptPaper } from "@/components/papers/receipt-paper";
import { publication } from "@/publication";
import { requireOwnReceipt } from "@/systems/auth/own-papers";
import { currentTime } from "@/systems/clock";
import { titled } from "@/systems/page-language";

export const generateMetadata = titled("supporters.receipt.title");

export default async function ReceiptPage({ params }: { params: Promise<{ paymentId: string }> }) {
  const { paymentId } = await params;
  const address = `/supporters/gifts/${paymentId}`;
  const { receipt, t, receiptName } = await requireOwnReceipt(paymentId, address);
  return (
    <div className="page page-narrow">
      <p className="supporters-back">
        <a href="/supporters">{t("supporters.back")}</a>
      </p>
      <PaperSheet paper={receiptPaper(receipt, { t, publication, now: currentTime(), receiptName })} />
      <PaperDownloads t={t} pdf={`${address}/receipt.pdf`} />
    </div>
  );
}
