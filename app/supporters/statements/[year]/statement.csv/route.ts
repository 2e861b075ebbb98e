import { statementTable } from "@/components/documents/statement-table";
import { publication } from "@/publication";
import { requireOwnStatement } from "@/systems/auth/own-documents";
import { tableAsCsv } from "@/systems/documents/csv";
import { sendCsv } from "@/systems/documents/send";

export async function GET(_: Request, { params }: { params: Promise<{ year: string }> }): Promise<Response> {
  const { year } = await params;
  const { statement, t } = await requireOwnStatement(year, `/supporters/statements/${year}/statement.csv`);
  return sendCsv(tableAsCsv(statementTable(statement, { t, publication })), `statement-${statement.year}.csv`);
}
