import "server-only";
import { localizedPath } from "../../../domain/languages";
import type {
  CardExpiresMailValues,
  LinkToPayMailValues,
  RenewalFailedMailValues,
  RenewalUpcomingMailValues,
} from "../../../domain/ledger/outbox";
import { consequenceOfFailedAttempt } from "../../../domain/ledger/renewal-mail";
import type { MailContent } from "../mail-content";
import { formattersOf, type MailContext, paymentMailFooterLines, siteLink } from "../mail-context";

export function renewalFailedMailContent(values: RenewalFailedMailValues, context: MailContext): MailContent {
  const { t, amount, day } = formattersOf(context);
  const { name } = context.publication;
  const outcome = consequenceOfFailedAttempt(values, context.giftStatus);
  const isOver = outcome === "given-up";
  const next = values.nextAttemptAt ? day(values.nextAttemptAt) : "";
  return {
    from: name,
    subject: t(isOver ? "mail.given-up.subject" : "mail.renewal-failed.subject", { name }),
    title: t(isOver ? "mail.given-up.title" : "mail.renewal-failed.title"),
    paragraphs: isOver
      ? [t("mail.given-up.text", { amount: amount(values) }), t("mail.given-up.nothing-owed")]
      : [
          t("mail.renewal-failed.text", { amount: amount(values) }),
          t("mail.renewal-failed.nothing-owed"),
          t(`mail.renewal-failed.${outcome}`, { day: next }),
        ],
    table: null,
    actions: [
      isOver
        ? {
            label: t("mail.given-up.again"),
            url: context.siteUrl + localizedPath(context.locale, "/give", context.publication),
          }
        : { label: t("mail.renewal-failed.pay"), url: context.links.gift ?? siteLink(context, "/supporters") },
    ],
    foot: paymentMailFooterLines(context),
  };
}

/**
 * The e-mail with a link to pay. The button opens a page of this site, which redirects to Stripe's page for the open
 * invoice.
 */
export function linkToPayMailContent(values: LinkToPayMailValues, context: MailContext): MailContent {
  const { t, amount } = formattersOf(context);
  const { name } = context.publication;
  const { gift } = context.links;
  return {
    from: name,
    subject: t("mail.payment-link.subject", { name }),
    title: t("mail.payment-link.title"),
    paragraphs: [t("mail.payment-link.text", { amount: amount(values) }), t("mail.renewal-failed.nothing-owed")],
    table: null,
    actions: [
      {
        label: t("mail.payment-link.pay", { amount: amount(values) }),
        url: gift ? payLink(gift) : siteLink(context, "/supporters"),
      },
    ],
    foot: paymentMailFooterLines(context),
  };
}

export function renewalUpcomingMailContent(values: RenewalUpcomingMailValues, context: MailContext): MailContent {
  const { t, amount, day } = formattersOf(context);
  const { name } = context.publication;
  const chargedOn = day(values.chargesAt);
  return {
    from: name,
    subject: t("mail.renewal-upcoming.subject", { name }),
    title: t("mail.renewal-upcoming.title"),
    paragraphs: [t("mail.renewal-upcoming.text", { name }), t("mail.renewal-upcoming.choice")],
    table: {
      title: t("mail.renewal-upcoming.facts"),
      rows: [[t("mail.renewal-upcoming.on"), chargedOn]],
      total: [t("mail.receipt.amount"), amount(values)],
    },
    actions: [{ label: t("mail.thanks.manage"), url: siteLink(context, "/supporters") }],
    foot: paymentMailFooterLines(context),
  };
}

export function cardExpiresMailContent(values: CardExpiresMailValues, context: MailContext): MailContent {
  const { t } = formattersOf(context);
  const { name } = context.publication;
  const month = new Intl.DateTimeFormat(context.locale, { month: "long", year: "numeric", timeZone: "UTC" });
  return {
    from: name,
    subject: t("mail.card-expires.subject", { name }),
    title: t("mail.card-expires.title"),
    paragraphs: [
      t("mail.card-expires.text", { month: month.format(new Date(values.expiresAt)) }),
      t("mail.card-expires.choice"),
    ],
    table: null,
    actions: [{ label: t("mail.card-expires.change"), url: siteLink(context, "/supporters") }],
    foot: paymentMailFooterLines(context),
  };
}

/** Returns the gift link with `/pay` added to its path. This URL redirects to Stripe's page for the open invoice. */
function payLink(gift: string): string {
  const url = new URL(gift);
  url.pathname += "/pay";
  return url.href;
}
