// Returns the supporter's receipt as a PDF, without the name that the supporter typed for receipts. A colleague sees
// that name only on the supporter's page, after giving a reason.
import { notFound } from "next/navigation";
import { receiptDocument } from "@/components/documents/receipt-document";
import { translator } from "@/content/messages";
import { findPaymentForStaff, receiptForStaff } from "@/domain/newsroom/people/payment";
import { publication } from "@/publication";
import { requireStaff } from "@/systems/auth/signed-in-user";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { documentAsPdf } from "@/systems/documents/pdf";
import { sendPdf } from "@/systems/documents/send";

export async function GET(_: Request, { params }: { params: Promise<{ paymentId: string }> }): Promise<Response> {
  const { paymentId } = await params;
  const { locale } = await requireStaff("people", `/newsroom/payments/${paymentId}`);
  const payment = await findPaymentForStaff(await database(), paymentId);
  const receipt = (payment && receiptForStaff(payment)) ?? notFound();
  const setting = { t: translator(locale), publication, now: currentTime(), receiptName: null };
  return sendPdf(documentAsPdf(receiptDocument(receipt, setting), publication.paperSize), `receipt-${paymentId}.pdf`);
}
