// The e-mail has no link, because the site no longer knows this person.
import "server-only";
import type { ErasureConfirmedValues } from "../../../domain/ledger/outbox";
import { formattersOf, type MailSetting } from "../setting";
import type { MailSheet } from "../sheet";

export function erasureConfirmedSheet({ isNeutral }: ErasureConfirmedValues, setting: MailSetting): MailSheet {
  const { t } = formattersOf(setting);
  const { name, contact } = setting.publication;
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
