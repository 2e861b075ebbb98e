// The e-mail that confirms an erasure. It has no link, because the site no longer knows this person.
import "server-only";
import type { ErasureDoneMailValues } from "../../../domain/ledger/outbox";
import type { MailContent } from "../mail-content";
import { formattersOf, type MailContext } from "../mail-context";

export function erasureDoneMailContent({ isNeutral }: ErasureDoneMailValues, context: MailContext): MailContent {
  const { t } = formattersOf(context);
  const { name, contact } = context.publication;
  return {
    from: name,
    subject: isNeutral ? t("mail.neutral.subject") : t("mail.erased.subject", { name }),
    ...(isNeutral ? { preview: t("mail.neutral.preview") } : {}),
    title: t("mail.erased.title"),
    paragraphs: isNeutral
      ? [t("mail.erased.neutral")]
      : [t("mail.erased.text", { name }), t("mail.erased.remains"), t("mail.erased.last")],
    table: null,
    actions: [],
    foot: isNeutral ? [] : [t("mail.erased.not-you", { contact })],
  };
}
