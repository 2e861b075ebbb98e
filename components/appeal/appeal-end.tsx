// The appeal at the end of an article, with the gift form. An imported page brings its own closing words, which then stand
// here. The browser script changes them for thanks on the device of someone who has given.
import type { ReactNode } from "react";
import { translator } from "@/content/messages";
import type { AppealCopy } from "@/domain/appeal/appeal-copy";
import type { Article } from "@/domain/articles/article";

type AppealEndProps = { locale: string; appeal: AppealCopy; closing: Article["closing"]; children: ReactNode };

export function AppealEnd({ locale, appeal, closing, children }: AppealEndProps) {
  const t = translator(locale);
  const { headline, paragraphs } = closing ?? appeal;
  return (
    <section className="appeal" id="support" data-appeal-end="" aria-label={t("appeal.end.label")}>
      <div className="appeal-words" data-appeal-words="">
        <h2 className="appeal-headline">{headline ?? appeal.headline}</h2>
        {paragraphs.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </div>
      <div className="appeal-words" data-appeal-words="" hidden>
        <h2 className="appeal-headline">{t("appeal.end.thanks.title")}</h2>
        <p>{t("appeal.end.thanks.text")}</p>
        <p>
          <a href="/supporters">{t("appeal.end.thanks.room")}</a>
        </p>
      </div>
      {children}
    </section>
  );
}
