// Renders a queued mail: subject, plain text and HTML with the same content. The words come from content/messages.
import "server-only";
import { translator } from "../../content/messages";
import { formatEmailAddress } from "../../domain/email-address";
import { frequencyWord } from "../../domain/giving/frequency";
import type {
  BurstValues,
  Mail,
  PaymentMailKind,
  PaymentValues,
  RefundValues,
  SignInValues,
} from "../../domain/ledger/outbox";
import { formatMoney } from "../../domain/money";
import type { Publication } from "../../domain/publication";
import { LINK_LASTS_MINUTES } from "../../domain/supporters/sign-in";
import { maskEmail } from "../../domain/supporters/viewer";
import { type Sheet, sheetAsHtml, sheetAsText } from "./sheet";

export type RenderedMail = { subject: string; text: string; html: string };
/** A mail ready to render: a sign-in link's token has been decrypted. */
export type DueMail =
  | Exclude<Mail, { kind: "sign-in" | AddressKind }>
  | { kind: "sign-in"; values: { token: string; next: string } }
  | { kind: AddressKind; values: AddressOpened };
type AddressKind = "address-old" | "address-new";
type AddressOpened = { token: string; newAddress: string; takesEffectAt: string | null };
type Setting = { locale: string; publication: Publication; siteUrl: string };

export function renderMail(mail: DueMail, setting: Setting): RenderedMail {
  const sheet = sheetOf(mail, setting);
  return { subject: sheet.subject, text: sheetAsText(sheet), html: sheetAsHtml(sheet, setting) };
}

function sheetOf(mail: DueMail, setting: Setting): Sheet {
  switch (mail.kind) {
    case "thanks":
      return thanksSheet(mail.values, setting);
    case "debit-begun":
    case "debit-bounced":
      return debitSheet(mail.kind, mail.values, setting);
    case "went-back":
      return wentBackSheet(mail.values, setting);
    case "sign-in":
      return signInSheet(mail.values, setting);
    case "address-old":
    case "address-new":
      return addressSheet(mail.kind, mail.values, setting);
    case "burst":
      return burstSheet(mail.values, setting);
  }
}

function thanksSheet(values: PaymentValues, { locale, publication, siteUrl }: Setting): Sheet {
  const t = translator(locale);
  const { name } = publication;
  const { word, ...rhythm } = frequencyWord(values.frequency);
  const again = word !== "once";
  const amount = formatMoney(values, { locale, exact: true });
  const day = dayOf(values.paidAt, { locale, publication });
  return {
    from: name,
    subject: t("mail.thanks.subject", { name }),
    title: t("mail.thanks.title"),
    paragraphs: [
      t("mail.thanks.text", { name }),
      t(again ? "mail.thanks.renews" : "mail.thanks.once", { amount }),
      ...(values.isSecond ? [t("mail.thanks.second")] : []),
    ],
    facts: {
      title: t("mail.receipt.title"),
      rows: [
        [t("mail.receipt.to"), name],
        [t("mail.receipt.date"), day],
        [t("mail.receipt.amount"), amount],
        [t("mail.receipt.frequency"), t(`mail.receipt.${word}`, rhythm)],
        [t("mail.receipt.number"), values.paymentId],
      ],
    },
    action: { label: t(actionOf(values)), url: `${siteUrl}/supporters` },
    small: smallPrint({ locale, publication, siteUrl }),
  };
}

function actionOf({ frequency, isSecond }: PaymentValues) {
  if (isSecond) return "mail.thanks.keep-one";
  return frequency === "once" ? "mail.thanks.visit" : "mail.thanks.manage";
}

/** Without a receipt: the money has not arrived yet, or never will. */
function debitSheet(
  kind: Exclude<PaymentMailKind, "thanks">,
  values: PaymentValues,
  { locale, publication, siteUrl }: Setting,
): Sheet {
  const t = translator(locale);
  const { name } = publication;
  const again = values.frequency !== "once";
  const amount = formatMoney(values, { locale, exact: true });
  const retry = kind === "debit-bounced" && !again;
  return {
    from: name,
    subject: t(`mail.${kind}.subject`, { name }),
    title: t(`mail.${kind}.title`),
    paragraphs: [t(`mail.${kind}.text`, { amount, name }), t(`mail.${kind}.${again ? "recurring" : "once"}`)],
    facts: null,
    action: retry
      ? { label: t("mail.debit-bounced.give"), url: `${siteUrl}/give` }
      : { label: t(again ? "mail.thanks.manage" : "mail.thanks.visit"), url: `${siteUrl}/supporters` },
    small: [t("mail.questions", { contact: publication.contact })],
  };
}

/** Neutral in tone: either the supporter or the newsroom may have wanted the refund. */
function wentBackSheet(values: RefundValues, { locale, publication, siteUrl }: Setting): Sheet {
  const t = translator(locale);
  const { name } = publication;
  const { paymentId, currency, amountMinor, givenMinor } = values;
  const amount = formatMoney(values, { locale, exact: true });
  const givenAmount = formatMoney({ amountMinor: givenMinor, currency }, { locale, exact: true });
  const day = dayOf(values.paidAt, { locale, publication });
  const text = t(amountMinor < givenMinor ? "mail.went-back.part" : "mail.went-back.whole", {
    amount,
    given: givenAmount,
    day,
  });
  return {
    from: name,
    subject: t("mail.went-back.subject", { name }),
    title: t("mail.went-back.title"),
    paragraphs: [
      text,
      t("mail.went-back.bank"),
      ...(values.frequency === "once" ? [] : [t("mail.went-back.one-payment")]),
    ],
    facts: {
      title: t("mail.went-back.facts"),
      rows: [
        [t("mail.went-back.amount"), amount],
        [t("mail.went-back.on"), dayOf(values.refundedAt, { locale, publication })],
        [t("mail.went-back.given"), givenAmount],
        [t("mail.went-back.given-on"), day],
        [t("mail.receipt.number"), paymentId],
      ],
    },
    action: { label: t("mail.went-back.receipt"), url: `${siteUrl}/supporters/gifts/${paymentId}` },
    small: smallPrint({ locale, publication, siteUrl }),
  };
}

/** The last lines of every mail about money. */
function smallPrint({ locale, publication, siteUrl }: Setting): string[] {
  const t = translator(locale);
  return [
    t("mail.thanks.no-password"),
    t("mail.about", { url: `${siteUrl}/about-your-gift` }),
    t("mail.questions", { contact: publication.contact }),
  ];
}

/** The date in the newsroom's time zone. */
function dayOf(at: string, { locale, publication }: Pick<Setting, "locale" | "publication">): string {
  const { timeZone } = publication;
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone }).format(new Date(at));
}

function signInSheet({ token, next }: SignInOpened, { locale, publication, siteUrl }: Setting): Sheet {
  const t = translator(locale);
  const { name } = publication;
  return {
    from: name,
    subject: t("mail.sign-in.subject", { name }),
    title: t("mail.sign-in.title"),
    paragraphs: [t("mail.sign-in.text", { name, minutes: LINK_LASTS_MINUTES })],
    facts: null,
    action: {
      label: t("mail.sign-in.open"),
      url: `${siteUrl}/sign-in/confirm?${new URLSearchParams({ token, next })}`,
    },
    small: [t("mail.sign-in.not-you")],
  };
}

/** To the old mailbox with the new address shortened: who reads it may be a stranger by now. */
function addressSheet(
  kind: AddressKind,
  { token, newAddress, takesEffectAt }: AddressOpened,
  { locale, publication, siteUrl }: Setting,
): Sheet {
  const t = translator(locale);
  const { name, contact } = publication;
  const address = kind === "address-old" ? maskEmail(newAddress) : formatEmailAddress(newAddress);
  const day = takesEffectAt && dayOf(takesEffectAt, { locale, publication });
  return {
    from: name,
    subject: t(`mail.${kind}.subject`, { name }),
    title: t(`mail.${kind}.title`),
    paragraphs: [
      t(`mail.${kind}.text`, { name, address }),
      ...(day ? [t(`mail.${kind}.lost`, { day })] : [t(`mail.${kind}.both`)]),
    ],
    facts: null,
    action: {
      label: t(`mail.${kind}.open`),
      url: `${siteUrl}/address-change?${new URLSearchParams({ token })}`,
    },
    small: [t(`mail.${kind}.not-you`), t("mail.questions", { contact })],
  };
}

/** To staff, when readers have to wait before giving. */
function burstSheet({ beganAt }: BurstValues, { locale, publication, siteUrl }: Setting): Sheet {
  const t = translator(locale);
  const { name, timeZone } = publication;
  const time = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone });
  return {
    from: name,
    subject: t("mail.burst.subject", { name }),
    title: t("mail.burst.title"),
    paragraphs: [t("mail.burst.text", { time: time.format(new Date(beganAt)) }), t("mail.burst.what-we-do")],
    facts: null,
    action: { label: t("mail.burst.open"), url: `${siteUrl}/sign-in?next=/newsroom` },
    small: [t("mail.burst.what-you-do")],
  };
}

type SignInOpened = Omit<SignInValues, "tokenSealed"> & { token: string };
