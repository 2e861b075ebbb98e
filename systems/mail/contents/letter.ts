import "server-only";
import type { LetterToSupporters } from "../../../domain/articles/article";
import { renderLetterBody } from "../../letters/letter-body";
import type { MailContent } from "../mail-content";
import { formattersOf, type MailContext, siteLink } from "../mail-context";

export function letterMailContent(letter: LetterToSupporters, context: MailContext): MailContent {
  const { t } = formattersOf(context);
  const { siteUrl, publication } = context;
  const { leave } = context.links;
  return {
    from: publication.name,
    subject: letter.headline,
    preview: letter.teaser,
    title: letter.headline,
    paragraphs: letter.byline ? [letter.byline] : [],
    body: (style) => renderLetterBody(letter.body, { siteUrl, style }),
    table: null,
    actions: [{ label: t("mail.letter.open"), url: siteLink(context, `/supporters/letters/${letter.slug}`) }],
    foot: [
      t("mail.letter.why"),
      ...(leave ? [{ text: t("mail.letter.leave"), link: { label: t("mail.letter.leave-link"), url: leave } }] : []),
      t("mail.questions", { contact: publication.contact }),
    ],
  };
}
