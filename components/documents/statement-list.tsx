import type { Translate } from "@/content/messages";

/** `years`: newest first. */
export function StatementList({ t, years }: { t: Translate; years: readonly number[] }) {
  if (years.length === 0) return null;
  return (
    <section className="supporters-section supporters-statements" aria-labelledby="statements">
      <h2 id="statements">{t("document.statement.list")}</h2>
      <p className="supporters-note">{t("document.statement.list-note")}</p>
      <ul className="statement-list">
        {years.map((year) => (
          <li key={year}>
            <a
              href={`/supporters/statements/${year}`}
              aria-label={t("document.statement.title", { year: String(year) })}
            >
              {year}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
