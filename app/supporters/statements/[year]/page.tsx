import type { Metadata } from "next";
import { DocumentDownloads } from "@/components/documents/document-downloads";
import { DocumentSheet } from "@/components/documents/document-sheet";
import { statementDocument } from "@/components/documents/statement-document";
import { publication } from "@/publication";
import { requireOwnStatement } from "@/systems/auth/own-documents";
import { currentTime } from "@/systems/clock";
import { pageTranslator } from "@/systems/page-language";

type StatementParams = { params: Promise<{ year: string }> };

/**
 * Puts the year from the URL into the title only if it has four digits. Anybody can invent a URL with another text in
 * its place.
 */
export async function generateMetadata({ params }: StatementParams): Promise<Metadata> {
  const { year } = await params;
  const t = await pageTranslator();
  return { title: /^\d{4}$/.test(year) ? t("document.statement.title", { year }) : t("document.statement.list") };
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
      <DocumentSheet content={statementDocument(statement, { t, publication, now: currentTime(), receiptName })} />
      <DocumentDownloads t={t} pdf={`${path}/statement.pdf`} csv={`${path}/statement.csv`} />
    </div>
  );
}
