import { translator } from "@/content/messages";
import type { LocalizedVariant } from "@/domain/appeal/localized-variant";
import type { GiftFormProblem } from "@/domain/giving/form-problem";
import type { GiftFormValues as Form } from "@/domain/giving/gift-form";
import type { Publication } from "@/domain/publication";
import type { PublishedMessage } from "@/domain/supporters/published-messages";
import { AppealText } from "../appeal/appeal-text";
import { GoalProgress, type GoalProgressProps } from "../appeal/goal-progress";
import { ReaderQuotes } from "../messages/reader-quotes";
import { pathWithLanguageQuery } from "../site/own-path";
import { Notice } from "../ui/notice";
import { GiftForm } from "./gift-form";
import { GivingQuestionsAndAnswers } from "./giving-questions";
import type { RefusedAmount } from "./refusal-text";

export type GiveViewProps = {
  locale: string;
  publication: Publication;
  appeal: LocalizedVariant;
  progress: GoalProgressProps | null;
  form: Form;
  token: string;
  refusal: RefusedAmount | null;
  /** The reason why the form was refused, if it is not the amount. */
  problem: GiftFormProblem | null;
  messages: readonly PublishedMessage[];
  article: { slug: string; headline: string } | null;
};

export function GiveView({ locale, publication, appeal, progress, ...props }: GiveViewProps) {
  const { form, token, refusal, problem, article, messages } = props;
  const t = translator(locale);
  return (
    <div className="page give">
      <header className="give-head">
        <h1 className="headline">{appeal.giveTitle}</h1>
        <p className="standfirst">{appeal.giveIntro}</p>
        {article ? (
          <p className="give-from">
            {t("giving.page.article")} <a href={`/articles/${article.slug}`}>{article.headline}</a>
          </p>
        ) : null}
      </header>
      <div className="give-form">
        {problem ? (
          <Notice kind="bad" title={t(`giving.page.problem.${problem}.title`)}>
            <p>{t(`giving.page.problem.${problem}.text`)}</p>
          </Notice>
        ) : null}
        <div data-regular-supporter="" hidden>
          <Notice title={t("giving.regular.title")}>
            <p>
              {t("giving.regular.text")}{" "}
              <a href={pathWithLanguageQuery(t, "/supporters")}>{t("giving.regular.change")}</a>
            </p>
          </Notice>
        </div>
        <GiftForm locale={locale} publication={publication} form={form} token={token} refusal={refusal} />
      </div>
      <section className="give-why" aria-labelledby="why">
        <h2 id="why">{appeal.headline}</h2>
        <AppealText t={t} appeal={appeal} />
        {progress ? <GoalProgress t={t} progress={progress} /> : null}
        <ReaderQuotes locale={locale} messages={messages} />
      </section>
      <GivingQuestionsAndAnswers locale={locale} publication={publication} />
    </div>
  );
}
