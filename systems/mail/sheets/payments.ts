// Mail about one payment: thanks with a receipt, a bank debit on its way or bounced, and money that went back.
import "server-only";
import { frequencyWord } from "../../../domain/giving/frequency";
import { pathIn } from "../../../domain/languages";
import type { PaymentMailKind, PaymentValues, ReceiptValues, RefundValues } from "../../../domain/ledger/outbox";
import { numberOnPaper } from "../../../domain/ledger/receipt-number";
import { moneyFoot, type Setting, siteLink, wordsOf } from "../setting";
import type { Sheet } from "../sheet";

export function thanksSheet(values: PaymentValues, setting: Setting): Sheet {
  const { t, amount } = wordsOf(setting);
  const { name } = setting.publication;
  const repeats = values.frequency !== "once";
  return {
    from: name,
    subject: t("mail.thanks.subject", { name }),
    title: t("mail.thanks.title"),
    paragraphs: [
      ...(values.isRecovered ? [t("mail.thanks.recovered")] : []),
      t("mail.thanks.text", { name }),
      t(repeats ? "mail.thanks.renews" : "mail.thanks.once", { amount: amount(values) }),
      ...(values.isSecond ? [t("mail.thanks.second")] : []),
    ],
    table: {
      title: t("mail.receipt.title"),
      rows: receiptRows(values, setting),
      total: [t("mail.receipt.amount"), amount(values)],
    },
    actions: [{ label: t(actionOf(values)), url: siteLink(setting, "/supporters") }],
    foot: moneyFoot(setting),
  };
}

function actionOf({ frequency, isSecond }: PaymentValues) {
  if (isSecond) return "mail.thanks.keep-one";
  return frequency === "once" ? "mail.thanks.visit" : "mail.thanks.manage";
}

/** A receipt that the supporter asked for again. The receipt on their page lists what went back since, line by line. */
export function receiptSheet(values: ReceiptValues, setting: Setting): Sheet {
  const { t, amount } = wordsOf(setting);
  const { name } = setting.publication;
  const { paymentId, amountMinor, keptMinor, currency } = values;
  const isWhole = keptMinor === amountMinor;
  return {
    from: name,
    subject: t("mail.receipt-again.subject", { name }),
    title: t("mail.receipt-again.title"),
    paragraphs: [t("mail.receipt-again.text", { name })],
    table: {
      title: t("mail.receipt.title"),
      rows: [
        ...receiptRows(values, setting),
        ...(isWhole ? [] : ([[t("mail.refunded.given"), amount(values)]] as [string, string][])),
      ],
      total: isWhole
        ? [t("mail.receipt.amount"), amount(values)]
        : [t("mail.receipt-again.kept"), amount({ amountMinor: keptMinor, currency })],
    },
    actions: [{ label: t("mail.receipt-again.open"), url: siteLink(setting, `/supporters/gifts/${paymentId}`) }],
    foot: moneyFoot(setting),
  };
}

function receiptRows({ paidAt, frequency, paymentId }: PaymentValues, setting: Setting): [string, string][] {
  const { t, day } = wordsOf(setting);
  const { word, ...rhythm } = frequencyWord(frequency);
  return [
    [t("mail.receipt.to"), setting.publication.name],
    [t("mail.receipt.date"), day(paidAt)],
    [t("mail.receipt.frequency"), t(`mail.receipt.${word}`, rhythm)],
    [t("mail.receipt.number"), numberOnPaper(paymentId)],
  ];
}

/** Has no receipt, because no money has arrived. */
export function debitSheet(kind: Exclude<PaymentMailKind, "thanks">, values: PaymentValues, setting: Setting): Sheet {
  const { t, amount } = wordsOf(setting);
  const { publication, siteUrl } = setting;
  const { name } = publication;
  const repeats = values.frequency !== "once";
  const mayGiveAgain = kind === "debit-bounced" && !repeats;
  return {
    from: name,
    subject: t(`mail.${kind}.subject`, { name }),
    title: t(`mail.${kind}.title`),
    paragraphs: [
      t(`mail.${kind}.text`, { amount: amount(values), name }),
      t(`mail.${kind}.${repeats ? "recurring" : "once"}`),
    ],
    table: null,
    actions: [
      mayGiveAgain
        ? { label: t("mail.debit-bounced.give"), url: siteUrl + pathIn(setting.locale, "/give", setting.publication) }
        : { label: t(repeats ? "mail.thanks.manage" : "mail.thanks.visit"), url: siteLink(setting, "/supporters") },
    ],
    foot: moneyFoot(setting),
  };
}

/** Neutral: the supporter may have asked for the refund, or the newsroom may have chosen it. */
export function refundSheet(values: RefundValues, setting: Setting): Sheet {
  const { t, amount, day } = wordsOf(setting);
  const { name } = setting.publication;
  const { paymentId, currency, amountMinor, givenMinor } = values;
  const given = amount({ amountMinor: givenMinor, currency });
  const paidOn = day(values.paidAt);
  const part = amountMinor < givenMinor ? "mail.refunded.part" : "mail.refunded.whole";
  return {
    from: name,
    subject: t("mail.refunded.subject", { name }),
    title: t("mail.refunded.title"),
    paragraphs: [
      t(part, { amount: amount(values), given, day: paidOn }),
      t("mail.refunded.bank"),
      ...(values.frequency === "once" ? [] : [t("mail.refunded.one-payment")]),
    ],
    table: {
      title: t("mail.refunded.facts"),
      rows: [
        [t("mail.refunded.on"), day(values.refundedAt)],
        [t("mail.refunded.given"), given],
        [t("mail.refunded.given-on"), paidOn],
        [t("mail.receipt.number"), numberOnPaper(paymentId)],
      ],
      total: [t("mail.refunded.amount"), amount(values)],
    },
    actions: [{ label: t("mail.refunded.receipt"), url: siteLink(setting, `/supporters/gifts/${paymentId}`) }],
    foot: moneyFoot(setting),
  };
}
