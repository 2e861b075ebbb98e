import type { Translate } from "@/content/messages";

/** A receipt has no CSV file. */
export function DocumentDownloads({ t, pdf, csv = null }: { t: Translate; pdf: string; csv?: string | null }) {
  return (
    <p className="sheet-downloads">
      <a href={pdf} download>
        {t("document.pdf")}
      </a>
      {csv ? (
        <a href={csv} download>
          {t("document.csv")}
        </a>
      ) : null}
    </p>
  );
}
