import "server-only";
import type { RateLimitAlertMailValues } from "../../../domain/ledger/outbox";
import type { MailContent } from "../mail-content";
import { formattersOf, type MailContext, siteLink } from "../mail-context";

export function rateLimitAlertMailContent({ beganAt }: RateLimitAlertMailValues, context: MailContext): MailContent {
  const { t } = formattersOf(context);
  const { locale, publication } = context;
  const { name, timeZone } = publication;
  const time = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone });
  return {
    from: name,
    subject: t("mail.burst.subject", { name }),
    title: t("mail.burst.title"),
    paragraphs: [t("mail.burst.text", { time: time.format(new Date(beganAt)) }), t("mail.burst.what-we-do")],
    table: null,
    actions: [{ label: t("mail.burst.open"), url: siteLink(context, "/sign-in?next=/newsroom") }],
    foot: [t("mail.burst.what-you-do")],
  };
}
