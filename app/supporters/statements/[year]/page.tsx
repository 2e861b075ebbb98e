import type { Metadata } from "next";
import { PaperDownloads } from "@/components/papers/paper-downloads";
import { PaperSheet } from "@/components/papers/paper-sheet";
import { statementPaper } from "@/components/papers/statement-paper";
import { translator } from "@/content/messages";
import { publication } from "@/publication";
import { requireOwnStatement } from "@/systems/auth/own-papers";
import { currentTime } from "@/systems/clock";

type StatementParams = { params: Promise<{ year: string }> };

export async function generateMetadata({ params }: StatementParams): Promise<Metadata> {
  const { year } = await params;
  return { title: translator(publication.defaultLanguage)("paper.statement.title", { year }) };
}

export default async function StatementPage({ params }: StatementParams) {
  const { year } = await params;
  const address = `/supporters/statements/${year}`;
  const { statement, t } = await requireOwnStatement(year, address);
  return (
    <div className="page page-narrow">
      <p className="supporters-back">
        <a href="/supporters">{t("supporters.back")}</a>
      </p>
      <PaperSheet paper={statementPaper(statement, { t, publication, now: currentTime() })} />
      <PaperDownloads t={t} pdf={`${address}/statement.pdf`} csv={`${address}/statement.csv`} />
    </div>
  );
}
