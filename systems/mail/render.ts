// Renders an e-mail as text and as HTML, with the same content.
import "server-only";
import type { LetterToSupporters } from "../../domain/articles/article";
import type { LetterMailValues, MailKindAndValues } from "../../domain/ledger/outbox";
import {
  type AddressChangeMailKind,
  type AddressChangeMailValues,
  addressChangedMailContent,
  addressChangeMailContent,
} from "./contents/address";
import { giftChangedMailContent, giftResumesMailContent } from "./contents/changed";
import { erasureDoneMailContent } from "./contents/erased";
import { recurringGiftLinkMailContent } from "./contents/gift-link";
import { letterMailContent } from "./contents/letter";
import {
  bankDebitMailContent,
  refundFailedMailContent,
  refundMailContent,
  resentReceiptMailContent,
  thanksMailContent,
} from "./contents/payments";
import { rateLimitAlertMailContent } from "./contents/rate-limit-alert";
import { askToConfirmReminderMailContent, reminderMailContent } from "./contents/reminders";
import {
  cardExpiresMailContent,
  linkToPayMailContent,
  renewalFailedMailContent,
  renewalUpcomingMailContent,
} from "./contents/renewals";
import { signInMailContent } from "./contents/sign-in";
import { staffAccessChangedMailContent } from "./contents/staff-news";
import { summaryMailContent } from "./contents/summary";
import { type MailContent, type MailFooterLine, mailContentAsHtml, mailContentAsText } from "./mail-content";
import { formattersOf, type MailContext } from "./mail-context";

export type RenderedMail = { subject: string; text: string; html: string };
/** An e-mail with decrypted values. */
export type DecryptedMail =
  | Exclude<MailKindAndValues, { kind: "sign-in" | "letter" | AddressChangeMailKind }>
  | { kind: "sign-in"; values: { token: string; next: string } }
  | { kind: AddressChangeMailKind; values: AddressChangeMailValues }
  | { kind: "letter"; values: LetterMailValues & { text: LetterToSupporters } };

export function renderMail(mail: DecryptedMail, context: MailContext): RenderedMail {
  const own = sheetOf(mail, context);
  const sheet = { ...own, ...neutralLines(context), foot: [...own.foot, ...wrongAddressLine(context)] };
  return { subject: sheet.subject, text: mailContentAsText(sheet), html: mailContentAsHtml(sheet, context) };
}

function sheetOf(mail: DecryptedMail, context: MailContext): MailContent {
  switch (mail.kind) {
    case "thanks":
      return thanksMailContent(mail.values, context);
    case "debit-pending":
    case "debit-bounced":
      return bankDebitMailContent(mail.kind, mail.values, context);
    case "refunded":
      return refundMailContent(mail.values, context);
    case "refund-failed":
      return refundFailedMailContent(mail.values, context);
    case "changed":
      return giftChangedMailContent(mail.values, context);
    case "resumes":
      return giftResumesMailContent(mail.values, context);
    case "sign-in":
      return signInMailContent(mail.values, context);
    case "renewal-failed":
      return renewalFailedMailContent(mail.values, context);
    case "renewal-upcoming":
      return renewalUpcomingMailContent(mail.values, context);
    case "card-expires":
      return cardExpiresMailContent(mail.values, context);
    case "receipt":
      return resentReceiptMailContent(mail.values, context);
    case "payment-link":
      return linkToPayMailContent(mail.values, context);
    case "gift-link":
      return recurringGiftLinkMailContent(context);
    case "address-old":
    case "address-new":
      return addressChangeMailContent(mail.kind, mail.values, context);
    case "address-changed":
    case "address-left":
      return addressChangedMailContent(mail.kind, context);
    case "erased":
      return erasureDoneMailContent(mail.values, context);
    case "burst":
      return rateLimitAlertMailContent(mail.values, context);
    case "summary":
      return summaryMailContent(mail.values, context);
    case "staff-news":
      return staffAccessChangedMailContent(mail.values, context);
    case "reminder-confirm":
      return askToConfirmReminderMailContent(mail.values, context);
    case "reminder":
      return reminderMailContent(mail.values, context);
    case "letter":
      return letterMailContent(mail.values.text, context);
  }
}

/**
 * Returns a subject and preview that do not mention a gift, so that no list of e-mails and no lock screen does.
 * Undefined unless the publication sets `neutralSubjects`.
 */
function neutralLines(context: MailContext): Pick<MailContent, "subject" | "preview"> | undefined {
  if (!context.publication.neutralSubjects) return undefined;
  const { t } = formattersOf(context);
  return { subject: t("mail.neutral.subject"), preview: t("mail.neutral.preview") };
}

function wrongAddressLine(context: MailContext): MailFooterLine[] {
  const { wrongAddress: url } = context.links;
  const { t } = formattersOf(context);
  return url ? [{ text: t("mail.foot.wrong-address"), link: { label: t("mail.foot.wrong-address-link"), url } }] : [];
}
