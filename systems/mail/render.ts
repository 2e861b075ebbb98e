// Renders an e-mail as text and as HTML, with the same content.
import "server-only";
import type { LetterToSupporters } from "../../domain/articles/article";
import type { LetterMailValues, MailKindAndValues } from "../../domain/ledger/outbox";
import { formattersOf, type MailContext } from "./mail-context";
import { type MailFooterLine, type MailSheet, mailSheetAsHtml, mailSheetAsText } from "./sheet";
import {
  type AddressChangeMailKind,
  type AddressChangeMailValues,
  addressChangedSheet,
  addressChangeSheet,
} from "./sheets/address";
import { giftChangedSheet, giftResumesSheet } from "./sheets/changed";
import { erasureConfirmedSheet } from "./sheets/erased";
import { giftLinkSheet } from "./sheets/gift-link";
import { letterSheet } from "./sheets/letter";
import { bankDebitMailSheet, receiptSheet, refundFailedSheet, refundMailSheet, thanksSheet } from "./sheets/payments";
import { rateLimitAlertSheet } from "./sheets/rate-limit-alert";
import { reminderConfirmSheet, reminderSheet } from "./sheets/reminders";
import { cardExpiresSheet, linkToPaySheet, renewalFailedSheet, renewalUpcomingSheet } from "./sheets/renewals";
import { signInSheet } from "./sheets/sign-in";
import { staffAccessChangedSheet } from "./sheets/staff-news";
import { summarySheet } from "./sheets/summary";

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
  return { subject: sheet.subject, text: mailSheetAsText(sheet), html: mailSheetAsHtml(sheet, context) };
}

function sheetOf(mail: DecryptedMail, context: MailContext): MailSheet {
  switch (mail.kind) {
    case "thanks":
      return thanksSheet(mail.values, context);
    case "debit-pending":
    case "debit-bounced":
      return bankDebitMailSheet(mail.kind, mail.values, context);
    case "refunded":
      return refundMailSheet(mail.values, context);
    case "refund-failed":
      return refundFailedSheet(mail.values, context);
    case "changed":
      return giftChangedSheet(mail.values, context);
    case "resumes":
      return giftResumesSheet(mail.values, context);
    case "sign-in":
      return signInSheet(mail.values, context);
    case "renewal-failed":
      return renewalFailedSheet(mail.values, context);
    case "renewal-upcoming":
      return renewalUpcomingSheet(mail.values, context);
    case "card-expires":
      return cardExpiresSheet(mail.values, context);
    case "receipt":
      return receiptSheet(mail.values, context);
    case "payment-link":
      return linkToPaySheet(mail.values, context);
    case "gift-link":
      return giftLinkSheet(context);
    case "address-old":
    case "address-new":
      return addressChangeSheet(mail.kind, mail.values, context);
    case "address-changed":
    case "address-left":
      return addressChangedSheet(mail.kind, context);
    case "erased":
      return erasureConfirmedSheet(mail.values, context);
    case "burst":
      return rateLimitAlertSheet(mail.values, context);
    case "summary":
      return summarySheet(mail.values, context);
    case "staff-news":
      return staffAccessChangedSheet(mail.values, context);
    case "reminder-confirm":
      return reminderConfirmSheet(mail.values, context);
    case "reminder":
      return reminderSheet(mail.values, context);
    case "letter":
      return letterSheet(mail.values.text, context);
  }
}

/**
 * Returns a subject and preview that do not mention a gift, so that no list of e-mails and no lock screen does.
 * Undefined unless the publication sets `neutralSubjects`.
 */
function neutralLines(context: MailContext): Pick<MailSheet, "subject" | "preview"> | undefined {
  if (!context.publication.neutralSubjects) return undefined;
  const { t } = formattersOf(context);
  return { subject: t("mail.neutral.subject"), preview: t("mail.neutral.preview") };
}

function wrongAddressLine(context: MailContext): MailFooterLine[] {
  const { wrongAddress: url } = context.links;
  const { t } = formattersOf(context);
  return url ? [{ text: t("mail.foot.wrong-address"), link: { label: t("mail.foot.wrong-address-link"), url } }] : [];
}
