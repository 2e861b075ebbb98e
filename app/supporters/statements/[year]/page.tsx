import type { Metadata } from "next";
import { PaperDownloads } from "@/components/papers/paper-downloads";
import { PaperSheet } from "@/components/papers/paper-sheet";
import { statementPaper } from "@/components/papers/statement-paper";
import { publication } from "@/publication";
import { requireOwnStatement } from "@/systems/auth/own-papers";
import { currentTime } from "@/systems/clock";
import { pageTranslator } from "@/systems/page-language";

type StatementParams = { params: Promise<{ year: string }> };

/** The title contains the year only if it has four digits in the URL, because anybody can invent a URL. */
export async function generateMetadata({ params }: StatementParams): Promise<Metadata> {
  const { year } = await params;
  const t = await pageTranslator();
  return { title: /^\d{4}$/.test(year) ? t("paper.statement.title", { year }) : t("paper.statement.list") };
}

export default async function StatementPage({ params }: StatementParams) {
  const { year } = await params;
  const path = `/supporters/statements/${year}`;
  const { statement, t, receiptName } = await requireOwnStatement(year, path);
  return (
    <div className="page page-narrow">
      <p className="supporters-back">
        <a href="/supporters">{t("supporters.back")}</a>
      </p>
      <PaperSheet paper={statementPaper(statement, { t, publication, now: currentTime(), receiptName })} />
      <PaperDownloads t={t} pdf={`${path}/statement.pdf`} csv={`${path}/statement.csv`} />
    </div>
  );
}
