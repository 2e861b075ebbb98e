// Text and HTML have the same content.
import "server-only";
import type { Letter } from "../../domain/articles/article";
import type { LetterValues, Mail } from "../../domain/ledger/outbox";
import { formattersOf, type MailSetting } from "./setting";
import { type FootLine, type MailSheet, mailSheetAsHtml, mailSheetAsText } from "./sheet";
import {
  type AddressMailKind,
  type AddressMailValues,
  addressChangedSheet,
  addressChangeSheet,
} from "./sheets/address";
import { rateLimitAlertSheet } from "./sheets/burst";
import { giftChangedSheet, giftResumesSheet } from "./sheets/changed";
import { erasureConfirmedSheet } from "./sheets/erased";
import { giftLinkSheet } from "./sheets/gift-link";
import { letterSheet } from "./sheets/letter";
import { debitSheet, receiptSheet, refundFailedSheet, refundSheet, thanksSheet } from "./sheets/payments";
import { reminderConfirmSheet, reminderSheet } from "./sheets/reminders";
import { cardExpiresSheet, paymentLinkSheet, renewalFailedSheet, renewalUpcomingSheet } from "./sheets/renewals";
import { signInSheet } from "./sheets/sign-in";
import { staffNewsSheet } from "./sheets/staff-news";
import { summarySheet } from "./sheets/summary";

export type RenderedMail = { subject: string; text: string; html: string };
/** An e-mail with decrypted values. */
export type DueMail =
  | Exclude<Mail, { kind: "sign-in" | "letter" | AddressMailKind }>
  | { kind: "sign-in"; values: { token: string; next: string } }
  | { kind: AddressMailKind; values: AddressMailValues }
  | { kind: "letter"; values: LetterValues & { text: Letter } };

export function renderMail(mail: DueMail, setting: MailSetting): RenderedMail {
  const own = sheetOf(mail, setting);
  const sheet = { ...own, ...neutralLines(setting), foot: [...own.foot, ...wrongAddressLine(setting)] };
  return { subject: sheet.subject, text: mailSheetAsText(sheet), html: mailSheetAsHtml(sheet, setting) };
}

function sheetOf(mail: DueMail, setting: MailSetting): MailSheet {
  switch (mail.kind) {
    case "thanks":
      return thanksSheet(mail.values, setting);
    case "debit-pending":
    case "debit-bounced":
      return debitSheet(mail.kind, mail.values, setting);
    case "refunded":
      return refundSheet(mail.values, setting);
    case "refund-failed":
      return refundFailedSheet(mail.values, setting);
    case "changed":
      return giftChangedSheet(mail.values, setting);
    case "resumes":
      return giftResumesSheet(mail.values, setting);
    case "sign-in":
      return signInSheet(mail.values, setting);
    case "renewal-failed":
      return renewalFailedSheet(mail.values, setting);
    case "renewal-upcoming":
      return renewalUpcomingSheet(mail.values, setting);
    case "card-expires":
      return cardExpiresSheet(mail.values, setting);
    case "receipt":
      return receiptSheet(mail.values, setting);
    case "payment-link":
      return paymentLinkSheet(mail.values, setting);
    case "gift-link":
      return giftLinkSheet(setting);
    case "address-old":
    case "address-new":
      return addressChangeSheet(mail.kind, mail.values, setting);
    case "address-changed":
    case "address-left":
      return addressChangedSheet(mail.kind, setting);
    case "erased":
      return erasureConfirmedSheet(mail.values, setting);
    case "burst":
      return rateLimitAlertSheet(mail.values, setting);
    case "summary":
      return summarySheet(mail.values, setting);
    case "staff-news":
      return staffNewsSheet(mail.values, setting);
    case "reminder-confirm":
      return reminderConfirmSheet(mail.values, setting);
    case "reminder":
      return reminderSheet(mail.values, setting);
    case "letter":
      return letterSheet(mail.values.text, setting);
  }
}

/** No list of e-mails and no lock screen then mentions a gift. */
function neutralLines(setting: MailSetting): Pick<MailSheet, "subject" | "preview"> | undefined {
  if (!setting.publication.neutralSubjects) return undefined;
  const { t } = formattersOf(setting);
  return { subject: t("mail.neutral.subject"), preview: t("mail.neutral.preview") };
}

function wrongAddressLine(setting: MailSetting): FootLine[] {
  const { wrongAddress: url } = setting.links;
  const { t } = formattersOf(setting);
  return url ? [{ text: t("mail.foot.wrong-address"), link: { label: t("mail.foot.wrong-address-link"), url } }] : [];
}
