import "server-only";
import { withoutCoveredFee } from "../../../domain/giving/covered-fee";
import { frequencyTextKeyAndValues } from "../../../domain/giving/frequency";
import { localizedPath } from "../../../domain/languages";
import type {
  PaymentMailKind,
  PaymentMailValues,
  ReceiptMailValues,
  RefundMailValues,
} from "../../../domain/ledger/outbox";
import { shownReceiptNumber } from "../../../domain/ledger/receipt-number";
import { recipientNameIn } from "../../../domain/publication";
import type { MailContent } from "../mail-content";
import { formattersOf, type MailContext, paymentMailFooterLines, siteLink } from "../mail-context";

export function thanksMailContent(values: PaymentMailValues, context: MailContext): MailContent {
  const { t, amount } = formattersOf(context);
  const { name } = context.publication;
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
      rows: [...receiptRows(values, context), ...feeRows(values, context)],
      total: [t("mail.receipt.amount"), amount(values)],
    },
    actions: [{ label: t(actionOf(values)), url: siteLink(context, "/supporters") }],
    foot: paymentMailFooterLines(context),
  };
}

function actionOf({ frequency, isSecond }: PaymentMailValues) {
  if (isSecond) return "mail.thanks.keep-one";
  return frequency === "once" ? "mail.thanks.visit" : "mail.thanks.manage";
}

/**
 * The e-mail that sends a receipt again. Unlike this e-mail, the receipt on the supporter's page also lists each
 * refund.
 */
export function resentReceiptMailContent(values: ReceiptMailValues, context: MailContext): MailContent {
  const { t, amount } = formattersOf(context);
  const { name } = context.publication;
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
        ...receiptRows(values, context),
        ...feeRows(values, context),
        ...(isWhole ? [] : ([[t("mail.receipt.amount"), amount(values)]] as [string, string][])),
      ],
      total: isWhole
        ? [t("mail.receipt.amount"), amount(values)]
        : [t("mail.receipt-again.kept"), amount({ amountMinor: keptMinor, currency })],
    },
    actions: [{ label: t("mail.receipt-again.open"), url: siteLink(context, `/supporters/gifts/${paymentId}`) }],
    foot: paymentMailFooterLines(context),
  };
}

function receiptRows({ paidAt, frequency, paymentId }: PaymentMailValues, context: MailContext): [string, string][] {
  const { t, day } = formattersOf(context);
  const { word, ...billingInterval } = frequencyTextKeyAndValues(frequency);
  return [
    [t("mail.receipt.to"), recipientNameIn(context.locale, context.publication)],
    [t("mail.receipt.date"), day(paidAt)],
    [t("mail.receipt.frequency"), t(`mail.receipt.${word}`, billingInterval)],
    [t("mail.receipt.number"), shownReceiptNumber(paymentId)],
  ];
}

/**
 * Returns two rows: the gift without the fee, and the covered fee. Together they are the amount. Returns no rows if no
 * fee was covered.
 */
function feeRows(values: PaymentMailValues, context: MailContext): [string, string][] {
  const { amountMinor, currency, coveredFeeMinor } = values;
  if (!coveredFeeMinor) return [];
  const { t, amount } = formattersOf(context);
  const fee = { amountMinor: coveredFeeMinor, currency };
  return [
    [t("mail.receipt.gift"), amount(withoutCoveredFee({ amountMinor, currency }, fee))],
    [t("mail.receipt.card-fee"), amount(fee)],
  ];
}

/** The e-mails about a bank debit. They link to no receipt, because no money has arrived. */
export function bankDebitMailContent(
  kind: Exclude<PaymentMailKind, "thanks">,
  values: PaymentMailValues,
  context: MailContext,
): MailContent {
  const { t, amount } = formattersOf(context);
  const { publication, siteUrl } = context;
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
        ? {
            label: t("mail.debit-bounced.give"),
            url: siteUrl + localizedPath(context.locale, "/give", context.publication),
          }
        : { label: t(repeats ? "mail.thanks.manage" : "mail.thanks.visit"), url: siteLink(context, "/supporters") },
    ],
    foot: paymentMailFooterLines(context),
  };
}

/**
 * The e-mail about a refund. It gives no reason for the refund. The text is the same for refunds that the supporter
 * asked for and those that the newsroom decided.
 */
export function refundMailContent(values: RefundMailValues, context: MailContext): MailContent {
  const { t, amount, day } = formattersOf(context);
  const { amountMinor, givenMinor } = values;
  const part = amountMinor < givenMinor ? "mail.refunded.part" : "mail.refunded.whole";
  return {
    ...fromNewsroom(context),
    subject: t("mail.refunded.subject", { name: context.publication.name }),
    title: t("mail.refunded.title"),
    paragraphs: [
      t(part, { amount: amount(values), given: givenOf(values, context), day: day(values.paidAt) }),
      t("mail.refunded.bank"),
      ...(values.frequency === "once" ? [] : [t("mail.refunded.one-payment")]),
    ],
    table: refundTable(values, { context, total: t("mail.refunded.amount") }),
    actions: [{ label: t("mail.refunded.receipt"), url: receiptLink(values, context) }],
  };
}

/** The e-mail about a failed refund: the bank has sent the money back to Stripe. */
export function refundFailedMailContent(values: RefundMailValues, context: MailContext): MailContent {
  const { t, amount, day } = formattersOf(context);
  const { amountMinor, givenMinor } = values;
  const part = amountMinor < givenMinor ? "mail.refund-failed.part" : "mail.refund-failed.whole";
  const days = { on: day(values.refundedAt), day: day(values.paidAt) };
  return {
    ...fromNewsroom(context),
    subject: t("mail.refund-failed.subject", { name: context.publication.name }),
    title: t("mail.refund-failed.title"),
    paragraphs: [
      t(part, { amount: amount(values), given: givenOf(values, context), ...days }),
      t("mail.refund-failed.write", { contact: context.publication.contact }),
      ...(values.frequency === "once" ? [] : [t("mail.refunded.one-payment")]),
    ],
    table: refundTable(values, { context, total: t("mail.refund-failed.amount") }),
    actions: [{ label: t("mail.refund-failed.receipt"), url: receiptLink(values, context) }],
  };
}

function fromNewsroom(context: MailContext): Pick<MailContent, "from" | "foot"> {
  return { from: context.publication.name, foot: paymentMailFooterLines(context) };
}

function givenOf({ givenMinor, currency }: RefundMailValues, context: MailContext): string {
  return formattersOf(context).amount({ amountMinor: givenMinor, currency });
}

function receiptLink({ paymentId }: RefundMailValues, context: MailContext): string {
  return siteLink(context, `/supporters/gifts/${paymentId}`);
}

function refundTable(
  values: RefundMailValues,
  { context, total }: { context: MailContext; total: string },
): MailContent["table"] {
  const { t, amount, day } = formattersOf(context);
  return {
    title: t("mail.refunded.facts"),
    rows: [
      [t("mail.refunded.on"), day(values.refundedAt)],
      [t("mail.refunded.given"), givenOf(values, context)],
      [t("mail.refunded.given-on"), day(values.paidAt)],
      [t("mail.receipt.number"), shownReceiptNumber(values.paymentId)],
    ],
    total: [total, amount(values)],
  };
}
