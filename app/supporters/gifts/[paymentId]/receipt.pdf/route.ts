import { receiptPaper } from "@/components/papers/receipt-paper";
import { shownReceiptNumber } from "@/domain/ledger/receipt-number";
import { publication } from "@/publication";
import { requireOwnReceipt } from "@/systems/auth/own-papers";
import { currentTime } from "@/systems/clock";
import { drawableNameOrNull } from "@/systems/papers/fonts";
import { paperAsPdf } from "@/systems/papers/pdf";
import { sendPdf } from "@/systems/papers/send";

export async function GET(_: Request, { params }: { params: Promise<{ paymentId: string }> }): Promise<Response> {
  const { paymentId } = await params;
  const { receipt, t, receiptName } = await requireOwnReceipt(paymentId, `/supporters/gifts/${paymentId}/receipt.pdf`);
  const paper = receiptPaper(receipt, {
    t,
    publication,
    now: currentTime(),
    receiptName: drawableNameOrNull(receiptName),
  });
  return sendPdf(paperAsPdf(paper, publication.paperSize), `receipt-${shownReceiptNumber(receipt.paymentId)}.pdf`);
}
