import "server-only";
import type { Letter } from "../../../domain/articles/article";
import { letterBody } from "../../letters/letter-body";
import { formattersOf, type MailSetting, siteLink } from "../setting";
import type { MailSheet } from "../sheet";

export function letterSheet(letter: Letter, setting: MailSetting): MailSheet {
  const { t } = formattersOf(setting);
  const { siteUrl, publication } = setting;
  const { leave } = setting.links;
  return {
    from: publication.name,
    subject: letter.headline,
    preview: letter.teaser,
    title: letter.headline,
    paragraphs: letter.byline ? [letter.byline] : [],
    body: (style) => letterBody(letter.body, { siteUrl, style }),
    table: null,
    actions: [{ label: t("mail.letter.open"), url: siteLink(setting, `/supporters/letters/${letter.slug}`) }],
    foot: [
      t("mail.letter.why"),
      ...(leave ? [{ text: t("mail.letter.leave"), link: { label: t("mail.letter.leave-link"), url: leave } }] : []),
      t("mail.questions", { contact: publication.contact }),
    ],
  };
}
