import { statementTable } from "@/components/papers/statement-table";
import { publication } from "@/publication";
import { requireOwnStatement } from "@/systems/auth/own-papers";
import { tableAsCsv } from "@/systems/papers/csv";
import { sendCsv } from "@/systems/papers/send";

export async function GET(_: Request, { params }: { params: Promise<{ year: string }> }): Promise<Response> {
  const { year } = await params;
  const { statement, t } = await requireOwnStatement(year, `/supporters/statements/${year}/statement.csv`);
  return sendCsv(tableAsCsv(statementTable(statement, { t, publication })), `statement-${statement.year}.csv`);
}
