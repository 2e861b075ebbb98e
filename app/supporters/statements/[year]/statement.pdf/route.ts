import { statementDocument } from "@/components/documents/statement-document";
import { publication } from "@/publication";
import { requireOwnStatement } from "@/systems/auth/own-documents";
import { currentTime } from "@/systems/clock";
import { nameIfFontsCanDrawIt } from "@/systems/documents/fonts";
import { documentAsPdf } from "@/systems/documents/pdf";
import { sendPdf } from "@/systems/documents/send";

export async function GET(_: Request, { params }: { params: Promise<{ year: string }> }): Promise<Response> {
  const { year } = await params;
  const { statement, t, receiptName } = await requireOwnStatement(year, `/supporters/statements/${year}/statement.pdf`);
  const content = statementDocument(statement, {
    t,
    publication,
    now: currentTime(),
    receiptName: nameIfFontsCanDrawIt(receiptName),
  });
  return sendPdf(documentAsPdf(content, publication.paperSize), `statement-${statement.year}.pdf`);
}
