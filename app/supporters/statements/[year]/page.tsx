import type { Metadata } from "next";
import { PaperDownloads } from "@/components/papers/paper-downloads";
import { PaperSheet } from "@/components/papers/paper-sheet";
import { statementPaper } from "@/components/papers/statement-paper";
import { publication } from "@/publication";
import { requireOwnStatement } from "@/systems/auth/own-papers";
import { currentTime } from "@/systems/clock";
import { pageTranslator } from "@/systems/page-language";

type StatementParams = { params: Promise<{ year: string }> };

/** Names the year in the title only if the address holds four digits: it may hold anything. */
export async function generateMetadata({ params }: StatementParams): Promise<Metadata> {
  const { year } = await params;
  const t = await pageTranslator();
  return { title: /^\d{4}$/.test(year) ? t("paper.statement.title", { year }) : t("paper.statement.list") };
}

export default async function StatementPage({ params }: StatementParams) {
  const { year } = await params;
  const address = `/supporters/statements/${year}`;
  const { statement, t, receiptName } = await requireOwnStatement(year, address);
  return (
    <div className="page page-narrow">
      <p className="supporters-back">
        <a href="/supporters">{t("supporters.back")}</a>
      </p>
      <PaperSheet paper={statementPaper(statement, { t, publication, now: currentTime(), receiptName })} />
      <PaperDownloads t={t} pdf={`${address}/statement.pdf`} csv={`${address}/statement.csv`} />
    </div>
  );
}
