import { statementPaper } from "@/components/papers/statement-paper";
import { publication } from "@/publication";
import { requireOwnStatement } from "@/systems/auth/own-papers";
import { currentTime } from "@/systems/clock";
import { drawableNameOrNull } from "@/systems/papers/fonts";
import { paperAsPdf } from "@/systems/papers/pdf";
import { sendPdf } from "@/systems/papers/send";

export async function GET(_: Request, { params }: { params: Promise<{ year: string }> }): Promise<Response> {
  const { year } = await params;
  const { statement, t, receiptName } = await requireOwnStatement(year, `/supporters/statements/${year}/statement.pdf`);
  const paper = statementPaper(statement, {
    t,
    publication,
    now: currentTime(),
    receiptName: drawableNameOrNull(receiptName),
  });
  return sendPdf(paperAsPdf(paper, publication.paperSize), `statement-${statement.year}.pdf`);
}
