// An imported article can have its own closing text, which replaces the appeal's text.

import type { ReactNode } from "react";
import { translator } from "@/content/messages";
import type { LocalizedVariant } from "@/domain/appeal/localized-variant";
import type { Article } from "@/domain/articles/article";
import { pathWithLanguageQuery } from "../site/own-path";
import { AppealText } from "./appeal-text";
import { GoalProgress, type GoalProgressProps } from "./goal-progress";
import { VariantTexts } from "./variant-texts";

type ArticleAppealProps = {
  locale: string;
  variants: LocalizedVariant[];
  progress: GoalProgressProps | null;
  closing: Article["closing"];
  /** True if a colleague previews the thanks that the script shows on a device that has given. */
  isThanking?: boolean;
  children: ReactNode;
};

export function ArticleAppeal({
  locale,
  variants,
  progress,
  closing,
  isThanking = false,
  children,
}: ArticleAppealProps) {
  const t = translator(locale);
  return (
    <section className="appeal" id="support" data-appeal-end="" aria-label={t("appeal.end.label")}>
      {closing ? (
        <div className="appeal-words" data-supporter="" hidden={isThanking}>
          <h2 className="appeal-headline">{closing.headline ?? variants[0]?.headline}</h2>
          {closing.paragraphs.map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </div>
      ) : (
        <VariantTexts
          className="appeal-words"
          data-supporter=""
          hidden={isThanking}
          variants={variants}
          render={(appeal) => (
            <>
              <h2 className="appeal-headline">{appeal.headline}</h2>
              <AppealText t={t} appeal={appeal} />
            </>
          )}
        />
      )}
      {progress ? (
        <div className="appeal-words" data-supporter="" hidden={isThanking}>
          <GoalProgress t={t} progress={progress} />
        </div>
      ) : null}
      <div className="appeal-words" data-supporter="" hidden={!isThanking}>
        <h2 className="appeal-headline">{t("appeal.end.thanks.title")}</h2>
        <p>{t("appeal.end.thanks.text")}</p>
        <p data-regular-supporter="" hidden>
          {`${t("giving.regular.text")} `}
          <a href={pathWithLanguageQuery(t, "/supporters")}>{t("giving.regular.change")}</a>
        </p>
        <p>
          <a href={pathWithLanguageQuery(t, "/supporters")}>{t("appeal.end.thanks.room")}</a>
        </p>
      </div>
      <details className="appeal-form" data-appeal-form="" open={!isThanking}>
        <summary className="button button-quiet" data-supporter="" hidden={!isThanking}>
          {t("appeal.end.thanks.again")}
        </summary>
        {children}
      </details>
    </section>
  );
}
