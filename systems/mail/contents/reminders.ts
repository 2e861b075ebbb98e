import "server-only";
import { FROM_REMINDER_QUERY_PARAM } from "../../../domain/appeal/manners";
import { giveAgainPath } from "../../../domain/giving/gift-form";
import { localizedPath } from "../../../domain/languages";
import type { ReminderToGiveMailValues } from "../../../domain/ledger/outbox";
import type { MailContent } from "../mail-content";
import { formattersOf, type MailContext } from "../mail-context";

/**
 * The e-mail that asks to confirm a reminder. Somebody can have typed another person's address in the form. So the
 * e-mail repeats only the chosen frequency and amount, and contains no personal data.
 */
export function askToConfirmReminderMailContent(
  { rhythm, money }: ReminderToGiveMailValues,
  context: MailContext,
): MailContent {
  const { t, amount } = formattersOf(context);
  const { name } = context.publication;
  const { confirm } = context.links;
  return {
    from: name,
    subject: t("mail.reminder-confirm.subject", { name }),
    title: t("mail.reminder-confirm.title"),
    paragraphs: [t("mail.reminder-confirm.text", { name, rhythm, amount: money ? amount(money) : "none" })],
    table: null,
    actions: confirm ? [{ label: t("mail.reminder-confirm.action"), url: confirm, showsAddress: true }] : [],
    foot: [t("mail.reminder-confirm.not-you")],
  };
}

export function reminderMailContent({ rhythm, money }: ReminderToGiveMailValues, context: MailContext): MailContent {
  const { t, amount } = formattersOf(context);
  const { name } = context.publication;
  const path = money ? `${giveAgainPath({ money, frequency: "once" })}&` : "/give?";
  const { leave } = context.links;
  const isLast = rhythm === "once";
  return {
    from: name,
    subject: t("mail.reminder.subject", { name }),
    title: t(`mail.reminder.title.${rhythm}`),
    paragraphs: [
      t(`mail.reminder.text.${rhythm}`, { name, amount: money ? amount(money) : "none" }),
      t(money ? "mail.reminder.form-filled" : "mail.reminder.form"),
    ],
    table: null,
    actions: [
      {
        label: t("mail.reminder.action"),
        url:
          context.siteUrl +
          localizedPath(context.locale, `${path}${FROM_REMINDER_QUERY_PARAM}=yes`, context.publication),
      },
    ],
    foot: isLast
      ? [t("mail.reminder.last")]
      : [
          t("mail.reminder.no-debt"),
          ...(leave
            ? [{ text: t("mail.reminder.end"), link: { label: t("mail.reminder.end-link"), url: leave } }]
            : []),
        ],
  };
}
