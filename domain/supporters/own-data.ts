// The data that a supporter can download (docs/own-data-format.md). Increase OWN_DATA_VERSION with every change of the
// format that a program could notice.
import type { Db } from "../database";
import type { Identity } from "../identity";
import { paymentStandingOf } from "../ledger/payment-standing";
import { moneyOf, toDecimal } from "../money";
import { amendmentsOf } from "./amendments";
import type { CsvTable } from "./document-content";
import { type MessageWords, messageOf } from "./gift-message";
import { ownRecurringGift } from "./own-recurring-gifts";
import { findSupporterWithEverything, type SupporterWithEverything } from "./store";

export const OWN_DATA_VERSION = 1;

/** Times are ISO 8601 in UTC, days are like `2026-11-27`, and amounts are decimals with a point, such as `10.00`. */
export type OwnData = {
  format: "appeal-own-data";
  version: typeof OWN_DATA_VERSION;
  publication: string;
  takenAt: string;
  you: {
    since: string;
    language: string;
    nameOnReceipts: string | null;
    addresses: OwnAddress[];
    refusedMails: string[];
  };
  recurringGifts: RecurringRecord[];
  payments: PaymentRecord[];
  failedPayments: FailedRecord[];
  mails: { kind: string; queuedAt: string; sentAt: string | null }[];
  signIns: { signedInOn: string; lastSeenOn: string }[];
  /** When and why colleagues looked up the supporter's e-mail address. */
  lookups: { at: string; why: string; words: string | null }[];
};

type Amount = { amount: string; currency: string };
type OwnAddress = { address: string; since: string; until: string | null };
type Origin = { article: string | null; appeal: string | null; variant: string | null };
type RecurringRecord = Origin & {
  stripeId: string;
  stripeCustomer: string | null;
  /** The amount of one payment. Null if only Stripe can calculate it. */
  amount: Amount | null;
  coveredFee: Amount | null;
  frequency: string;
  standing: string;
  startedAt: string | null;
  nextPaymentAt: string | null;
  resumesAt: string | null;
  endsAt: string | null;
  changes: { at: string; what: string; amount: Amount | null; reason: string | null }[];
};
type PaymentRecord = Origin & {
  receiptNumber: string;
  stripeIds: string[];
  recurringGift: string | null;
  paidAt: string;
  amount: Amount;
  coveredFee: Amount | null;
  kept: Amount;
  frequency: string;
  standing: string;
  /** Refunds and disputes. An amount is negative if the money left the newsroom. */
  amendments: { at: string; what: string; amount: Amount }[];
  message: MessageRecord | null;
};
/** `words`: null if the site can no longer decrypt the message. */
type MessageRecord = { at: string; words: MessageWords | null; mayBePublished: boolean; status: string };
type FailedRecord = { at: string; recurringGift: string | null; amount: Amount; code: string | null };

/** A colleague's look-up of the e-mail address. `why`: one of REVEAL_REASONS. `words`: the colleague's own words. */
export type AddressLookup = { at: Date; why: string; words: string | null };

type Setting = {
  supporterId: string;
  identity: Identity;
  publication: { name: string };
  lookups: readonly AddressLookup[];
  now: Date;
};

export async function getOwnData(
  db: Db,
  { supporterId, identity, publication, lookups, now }: Setting,
): Promise<OwnData> {
  const all = await findSupporterWithEverything(db, supporterId);
  const { supporter, mails, sessions, attempts, refusals } = all;
  return {
    format: "appeal-own-data",
    version: OWN_DATA_VERSION,
    publication: publication.name,
    takenAt: text(now),
    you: {
      since: text(supporter.createdAt),
      language: supporter.locale,
      nameOnReceipts: supporter.receiptNameSealed ? identity.open(supporter.receiptNameSealed) : null,
      addresses: supporter.addresses.map(({ emailSealed, since, until }) => {
        return { address: identity.open(emailSealed), since: text(since), until: textOrNull(until) };
      }),
      refusedMails: refusals.map(({ kind }) => kind),
    },
    recurringGifts: supporter.recurringGifts.map((gift) => recurringRecord(gift, all)),
    payments: supporter.payments.map((payment) => paymentRecord(payment, { supporter, identity })),
    failedPayments: attempts.map(({ failedAt, subscriptionId, amountMinor, currency, code }) => {
      return { at: text(failedAt), recurringGift: subscriptionId, amount: amountOf(amountMinor, currency), code };
    }),
    mails: mails.map(({ kind, queuedAt, sentAt }) => ({ kind, queuedAt: text(queuedAt), sentAt: textOrNull(sentAt) })),
    signIns: sessions.map(({ signedInOn, lastSeenOn }) => ({ signedInOn, lastSeenOn })),
    lookups: lookups.map(({ at, why, words }) => ({ at: text(at), why, words })),
  };
}

function recurringRecord(
  row: SupporterWithEverything["supporter"]["recurringGifts"][number],
  { notes }: SupporterWithEverything,
) {
  const { money, frequency, standing, startedAt, chargesNextAt, resumesAt, endsAt } = ownRecurringGift(row);
  const own = notes.filter(({ subscriptionId }) => subscriptionId === row.subscriptionId);
  return {
    stripeId: row.subscriptionId,
    stripeCustomer: row.customerId,
    amount: money && { amount: toDecimal(money), currency: money.currency },
    coveredFee: coveredOf(row),
    frequency,
    standing,
    startedAt: textOrNull(startedAt),
    nextPaymentAt: textOrNull(chargesNextAt),
    resumesAt: textOrNull(resumesAt),
    endsAt: textOrNull(endsAt),
    ...originOf(row),
    changes: own.map(({ notedAt, kind, amountMinor, currency, reason }) => ({
      at: text(notedAt),
      what: kind,
      amount: amountMinor !== null && currency ? amountOf(amountMinor, currency) : null,
      reason,
    })),
  };
}

type PaymentRow = SupporterWithEverything["supporter"]["payments"][number];
type Holder = Pick<SupporterWithEverything, "supporter"> & { identity: Identity };

function paymentRecord(row: PaymentRow, { supporter, identity }: Holder): PaymentRecord {
  const { standing, kept } = paymentStandingOf(row);
  const gift = supporter.recurringGifts.find(({ id }) => id === row.recurringGiftId);
  return {
    receiptNumber: row.id,
    stripeIds: [row.paymentIntentId, row.invoiceId, row.chargeId].filter((id) => id !== null),
    recurringGift: gift?.subscriptionId ?? null,
    paidAt: text(row.paidAt),
    amount: amountOf(row.amountMinor, row.currency),
    coveredFee: coveredOf(row),
    kept: { amount: toDecimal(kept), currency: kept.currency },
    frequency: row.frequency,
    standing,
    ...originOf(row),
    amendments: amendmentsOf(row).map(({ at, kind, money }) => {
      return { at: text(at), what: kind, amount: { amount: toDecimal(money), currency: money.currency } };
    }),
    message: row.message && messageRecord(row.message, identity),
  };
}

function messageRecord(row: NonNullable<PaymentRow["message"]>, identity: Identity): MessageRecord {
  const { writtenAt, words, mayPublish, status } = messageOf(row, identity);
  return { at: text(writtenAt), words, mayBePublished: mayPublish, status };
}

const COLUMNS = ["record", "id", "at", "what", "amount", "currency", "frequency", "standing", "about"];

/** Returns the data as one table, with one record per row. Cells that do not apply to a record are empty. */
export function ownDataTable(data: OwnData): CsvTable {
  const { you } = data;
  const rows = [
    row({ record: "file", id: `${data.format} ${data.version}`, at: data.takenAt, about: data.publication }),
    row({ record: "supporter", at: you.since, what: you.language, about: you.nameOnReceipts }),
    ...you.addresses.map(({ address, since, until }) =>
      row({ record: "address", id: address, at: since, standing: until === null ? "current" : "ended", about: until }),
    ),
    ...you.refusedMails.map((kind) => row({ record: "refused-mail", what: kind })),
    ...data.recurringGifts.flatMap(recurringRows),
    ...data.payments.flatMap(paymentRows),
    ...data.failedPayments.map(({ at, recurringGift, amount, code }) =>
      row({ record: "failed-payment", at, what: code, amount, about: recurringGift }),
    ),
    ...data.mails.map(({ kind, queuedAt, sentAt }) => row({ record: "mail", at: queuedAt, what: kind, about: sentAt })),
    ...data.signIns.map(({ signedInOn, lastSeenOn }) => row({ record: "sign-in", at: signedInOn, about: lastSeenOn })),
    ...data.lookups.map(({ at, why, words }) => row({ record: "lookup", at, what: why, about: words })),
  ];
  return { columns: COLUMNS, rows };
}

function recurringRows(gift: RecurringRecord) {
  const { stripeId: id, startedAt, amount, coveredFee, frequency, standing, article } = gift;
  return [
    row({ record: "recurring-gift", id, at: startedAt, amount, frequency, standing, about: article }),
    ...(coveredFee ? [row({ record: "covered-fee", id, amount: coveredFee })] : []),
    ...gift.changes.map((change) =>
      row({
        record: "recurring-change",
        id,
        at: change.at,
        what: change.what,
        amount: change.amount,
        about: change.reason,
      }),
    ),
  ];
}

function paymentRows(payment: PaymentRecord) {
  const { receiptNumber: id, paidAt, amount, coveredFee, frequency, standing, recurringGift, article } = payment;
  return [
    row({ record: "payment", id, at: paidAt, what: recurringGift, amount, frequency, standing, about: article }),
    ...(coveredFee ? [row({ record: "covered-fee", id, at: paidAt, amount: coveredFee })] : []),
    ...payment.amendments.map((each) =>
      row({ record: "amendment", id, at: each.at, what: each.what, amount: each.amount }),
    ),
    ...messageRows(payment),
  ];
}

function messageRows({ receiptNumber: id, message }: PaymentRecord) {
  if (!message) return [];
  const { at, status: standing } = message;
  const texts = Object.entries(message.words ?? {}).filter(([, text]) => text !== "");
  return texts.map(([what, about]) => row({ record: "message", id, at, what, standing, about }));
}

type Cells = { record: string; amount?: Amount | null } & Partial<
  Record<"id" | "at" | "what" | "frequency" | "standing" | "about", string | null>
>;

function row({ record, id, at, what, amount, frequency, standing, about }: Cells): CsvTable["rows"][number] {
  const figure = amount ? { decimal: amount.amount } : "";
  const words = [frequency, standing, about].map((cell) => cell ?? "");
  return [record, id ?? "", at ?? "", what ?? "", figure, amount?.currency ?? "", ...words];
}

function originOf({ article, appeal, variant }: Origin): Origin {
  return { article, appeal, variant };
}

function amountOf(amountMinor: bigint, currency: string): Amount {
  const money = moneyOf(amountMinor, currency);
  return { amount: toDecimal(money), currency: money.currency };
}

function coveredOf(row: { coveredFeeMinor: bigint; currency: string }): Amount | null {
  return row.coveredFeeMinor > 0n ? amountOf(row.coveredFeeMinor, row.currency) : null;
}

function text(date: Date): string {
  return date.toISOString();
}

function textOrNull(date: Date | null): string | null {
  return date && text(date);
}
