import "server-only";
import { formattersOf, type MailSetting, siteLink } from "../setting";
import type { MailSheet } from "../sheet";

/** If the gift has ended, there is no link to it, and the button opens the supporters' page. */
export function giftLinkSheet(setting: MailSetting): MailSheet {
  const { t } = formattersOf(setting);
  const { name, contact } = setting.publication;
  return {
    from: name,
    subject: t("mail.gift-link.subject", { name }),
    title: t("mail.gift-link.title"),
    paragraphs: [t("mail.gift-link.text")],
    table: null,
    actions: [{ label: t("mail.gift-link.open"), url: setting.links.gift ?? siteLink(setting, "/supporters") }],
    foot: [t("mail.gift-link.not-you"), t("mail.questions", { contact })],
  };
}
