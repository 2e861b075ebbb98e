import "server-only";
import type { StaffAccessMailValues } from "../../../domain/ledger/outbox";
import type { MailContent } from "../mail-content";
import { formattersOf, type MailContext, siteLink } from "../mail-context";

export function staffAccessChangedMailContent(
  { news, role, until, left }: StaffAccessMailValues,
  context: MailContext,
): MailContent {
  const { t, day } = formattersOf(context);
  const { publication } = context;
  const { name } = publication;
  const values = { name, role: t(`staff.role.${role}`), day: until ? day(until) : "", left: left ?? 0 };
  const isInvitation = news === "invited";
  return {
    from: name,
    subject: t(`mail.staff.${news}.subject`, values),
    title: t(`mail.staff.${news}.title`, values),
    paragraphs: [t(`mail.staff.${news}.text`, values), ...(isInvitation ? [t("mail.staff.invited.how", values)] : [])],
    table: null,
    actions:
      news === "removed"
        ? []
        : [{ label: t("mail.staff.open"), url: siteLink(context, "/sign-in?next=/newsroom"), showsAddress: true }],
    foot: [t(isInvitation ? "mail.staff.not-you" : "mail.staff.wrong")],
  };
}
