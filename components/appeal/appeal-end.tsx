// The appeal at the end of an article, with the gift form. An imported article may have closing words of its own, which replace
// the appeal's. On a device that has given, the browser script shows thanks instead and folds the form.
import type { ReactNode } from "react";
import { translator } from "@/content/messages";
import type { AppealCopy } from "@/domain/appeal/appeal-copy";
import type { Article } from "@/domain/articles/article";
import { AppealText } from "./appeal-text";
import { GoalProgress, type Progress } from "./goal-progress";

type AppealEndProps = {
  locale: string;
  appeal: AppealCopy;
  progress: Progress | null;
  closing: Article["closing"];
  children: ReactNode;
};

export function AppealEnd({ locale, appeal, progress, closing, children }: AppealEndProps) {
  const t = translator(locale);
  const { headline } = closing ?? appeal;
  return (
    <section className="appeal" id="support" data-appeal-end="" aria-label={t("appeal.end.label")}>
      <div className="appeal-words" data-giver="">
        <h2 className="appeal-headline">{headline ?? appeal.headline}</h2>
        {closing ? (
          closing.paragraphs.map((paragraph) => <p key={paragraph}>{paragraph}</p>)
        ) : (
          <AppealText t={t} appeal={appeal} />
        )}
        {progress ? <GoalProgress t={t} progress={progress} /> : null}
      </div>
      <div className="appeal-words" data-giver="" hidden>
        <h2 className="appeal-headline">{t("appeal.end.thanks.title")}</h2>
        <p>{t("appeal.end.thanks.text")}</p>
        <p data-regular-giver="" hidden>
          {t("giving.regular.text")} <a href="/supporters">{t("giving.regular.change")}</a>
        </p>
        <p>
          <a href="/supporters">{t("appeal.end.thanks.room")}</a>
        </p>
      </div>
      <details className="appeal-form" data-appeal-form="" open>
        <summary className="button button-quiet" data-giver="" hidden>
          {t("appeal.end.thanks.again")}
        </summary>
        {children}
      </details>
    </section>
  );
}
