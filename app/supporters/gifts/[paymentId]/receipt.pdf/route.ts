import { receiptDocument } from "@/components/documents/receipt-document";
import { shownReceiptNumber } from "@/domain/ledger/receipt-number";
import { publication } from "@/publication";
import { requireOwnReceipt } from "@/systems/auth/own-documents";
import { currentTime } from "@/systems/clock";
import { nameIfFontsCanDrawIt } from "@/systems/documents/fonts";
import { documentAsPdf } from "@/systems/documents/pdf";
import { sendPdf } from "@/systems/documents/send";

export async function GET(_: Request, { params }: { params: Promise<{ paymentId: string }> }): Promise<Response> {
  const { paymentId } = await params;
  const { receipt, t, receiptName } = await requireOwnReceipt(paymentId, `/supporters/gifts/${paymentId}/receipt.pdf`);
  const content = receiptDocument(receipt, {
    t,
    publication,
    now: currentTime(),
    receiptName: nameIfFontsCanDrawIt(receiptName),
  });
  return sendPdf(documentAsPdf(content, publication.paperSize), `receipt-${shownReceiptNumber(receipt.paymentId)}.pdf`);
}
