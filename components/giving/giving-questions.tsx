import type { ReactNode } from "react";
import { translator } from "@/content/messages";
import { type Publication, recipientNameIn } from "@/domain/publication";
import { pathInLanguage } from "../site/own-path";

export function GivingQuestionsAndAnswers({ locale, publication }: { locale: string; publication: Publication }) {
  const t = translator(locale);
  const { name, founded, recipient, publishesIncome } = publication;
  const legalName = recipientNameIn(locale, publication);
  return (
    <section className="give-answers" aria-labelledby="answers">
      <h2 id="answers">{t("giving.answers.title")}</h2>
      <dl>
        <Answer question={t("giving.answers.money.title")}>
          {t("giving.answers.money.text", { name })}{" "}
          {publishesIncome ? <a href={pathInLanguage(t, "/income")}>{t("giving.answers.money.income")}</a> : null}
        </Answer>
        <Answer question={t("giving.answers.who.title")}>
          {t("giving.answers.who.text", { name, founded: String(founded), legalName })}{" "}
          <a href={pathInLanguage(t, "/about-your-gift")}>{t("giving.answers.who.more")}</a>
        </Answer>
        <Answer question={t("giving.answers.get.title")}>
          {t("giving.answers.get.text", { days: recipient.refundDays })}
        </Answer>
      </dl>
    </section>
  );
}

function Answer({ question, children }: { question: string; children: ReactNode }) {
  return (
    <div>
      <dt>{question}</dt>
      <dd>{children}</dd>
    </div>
  );
}
