import "server-only";
import type { MailContent } from "../mail-content";
import { formattersOf, type MailContext, siteLink } from "../mail-context";

/** The e-mail with a link to a recurring gift. If the gift has ended, the button opens the supporters' page instead. */
export function recurringGiftLinkMailContent(context: MailContext): MailContent {
  const { t } = formattersOf(context);
  const { name, contact } = context.publication;
  return {
    from: name,
    subject: t("mail.gift-link.subject", { name }),
    title: t("mail.gift-link.title"),
    paragraphs: [t("mail.gift-link.text")],
    table: null,
    actions: [{ label: t("mail.gift-link.open"), url: context.links.gift ?? siteLink(context, "/supporters") }],
    foot: [t("mail.gift-link.not-you"), t("mail.questions", { contact })],
  };
}
