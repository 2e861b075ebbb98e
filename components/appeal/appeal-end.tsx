// The appeal at the end of an article, with the gift form. An imported page brings its own closing words; they go first.
import type { ReactNode } from "react";
import type { AppealCopy } from "@/domain/appeal/appeal-copy";
import type { Article } from "@/domain/articles/article";

type AppealEndProps = { appeal: AppealCopy; closing: Article["closing"]; children: ReactNode };

export function AppealEnd({ appeal, closing, children }: AppealEndProps) {
  const { headline, paragraphs } = closing ?? appeal;
  return (
    <section className="appeal" id="support" data-appeal-end="" aria-labelledby="support-headline">
      <div className="appeal-words">
        <h2 className="appeal-headline" id="support-headline">
          {headline ?? appeal.headline}
        </h2>
        {paragraphs.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </div>
      {children}
    </section>
  );
}
