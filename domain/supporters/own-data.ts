// Collects the data that a supporter can download.
import { dayOn } from "../calendar";
import type { Db } from "../database";
import type { IdentityCrypto } from "../identity";
import { paymentStandingOf } from "../ledger/payment-standing";
import { moneyOf, toDecimal } from "../money";
import { listRefundsAndDisputes } from "./amendments";
import { messageOf } from "./gift-message";
import {
  type AddressChangeRecord,
  type DecimalAmount,
  type FailedAttemptRecord,
  type GiftChangeRecord,
  type GiftMessageRecord,
  OWN_DATA_VERSION,
  type OwnData,
  type OwnGiftOrigin,
  type PaymentInOwnData,
  type ReminderRecord,
} from "./own-data-format";
import { ownRecurringGift } from "./own-recurring-gifts";
import { maskEmail } from "./signed-in-person";
import { getSupporterWithAllOwnData, type SupporterWithEverything } from "./store";

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * A colleague's look-up of the e-mail address. `why`: one of ADDRESS_REVEAL_REASONS. `words`: the colleague's own
 * words.
 */
export type AddressRevealToStaff = { at: Date; why: string; words: string | null };

type Setting = {
  supporterId: string;
  identity: IdentityCrypto;
  publication: { name: string; timeZone: string };
  lookups: readonly AddressRevealToStaff[];
  now: Date;
};

export async function getOwnData(
  db: Db,
  { supporterId, identity, publication, lookups, now }: Setting,
): Promise<OwnData> {
  const all = await getSupporterWithAllOwnData(db, supporterId);
  const { supporter, attempts, refusals, addressChange, erasure } = all;
  const own = rowsOfOwnTime(all, publication.timeZone);
  const stopOf = new Map(own.mailStops.map(({ emailHash, stoppedAt }) => [emailHash, text(stoppedAt)]));
  return {
    format: "appeal-own-data",
    version: OWN_DATA_VERSION,
    publication: publication.name,
    takenAt: text(now),
    you: {
      since: text(supporter.createdAt),
      language: supporter.locale,
      nameOnReceipts: supporter.receiptNameSealed ? identity.open(supporter.receiptNameSealed) : null,
      addresses: supporter.addresses.map(({ emailHash, emailSealed, since, until }) => ({
        ...{ address: identity.open(emailSealed), since: text(since), until: textOrNull(until) },
        mailStoppedAt: stopOf.get(emailHash) ?? null,
      })),
      refusedMails: refusals.map(({ kind, refusedAt }) => ({ kind, refusedAt: text(refusedAt) })),
      addressChange: addressChange && addressChangeRecord(addressChange, identity),
      erasureRequestedAt: erasure && text(erasure.beganAt),
    },
    recurringGifts: supporter.recurringGifts.map((gift) => recurringRecord(gift, all)),
    payments: supporter.payments.map((payment) => paymentRecord(payment, { supporter, identity })),
    failedPayments: attempts.map(failedRecord),
    mails: own.mails.map(({ kind, queuedAt, sentAt }) => {
      return { kind, queuedAt: text(queuedAt), sentAt: textOrNull(sentAt) };
    }),
    signIns: own.sessions.map(({ signedInOn, lastSeenOn, endsAt }) => {
      return { signedInOn, lastSeenOn, endsAt: text(endsAt) };
    }),
    signInLinks: own.signInTokens.map(({ createdAt, expiresAt }) => {
      return { requestedAt: text(createdAt), expiresAt: text(expiresAt) };
    }),
    reminders: own.reminders.map(reminderRecord),
    letters: own.letterReaders.map(({ byMailSince, feedTokenHash }) => {
      return { byMailSince: textOrNull(byMailSince), hasFeed: feedTokenHash !== null };
    }),
    freeSeats: own.freeSeats.map(({ givenAt, until, locale }) => {
      return { givenAt: text(givenAt), until: text(until), language: locale };
    }),
    lookups: lookups.map(({ at, why, words }) => ({ at: text(at), why, words })),
  };
}

/**
 * Selects the rows that are stored with the supporter's current or former e-mail addresses. Leaves out rows that were
 * added for an address after it was replaced, because its mailbox may then belong to somebody else.
 */
function rowsOfOwnTime(all: SupporterWithEverything, timeZone: string) {
  const endOf = new Map(all.supporter.addresses.map(({ emailHash, until }) => [emailHash, until]));
  const isOwn = (emailHash: string, at: Date) => {
    const end = endOf.get(emailHash) ?? null;
    return end === null || at <= end;
  };
  const wasOwnOn = (emailHash: string, day: string) => {
    const end = endOf.get(emailHash) ?? null;
    return end === null || day <= dayOn(end, timeZone);
  };
  return {
    mails: all.mails.filter(({ personHash, queuedAt }) => isOwn(personHash, queuedAt)),
    mailStops: all.mailStops.filter(({ emailHash, stoppedAt }) => isOwn(emailHash, stoppedAt)),
    sessions: all.sessions.filter(({ emailHash, signedInOn }) => wasOwnOn(emailHash, signedInOn)),
    signInTokens: all.signInTokens.filter(({ emailHash, createdAt }) => isOwn(emailHash, createdAt)),
    reminders: all.reminders.filter(({ emailHash, createdAt }) => isOwn(emailHash, createdAt)),
    freeSeats: all.freeSeats.filter(({ emailHash, givenAt }) => isOwn(emailHash, givenAt)),
    // The rows of letter readers do not store when they were added. The row of a former address could belong to the
    // mailbox's next owner. So rows with a former address are left out.
    letterReaders: all.letterReaders.filter(({ emailHash }) => emailHash === null || endOf.get(emailHash) === null),
  };
}

function addressChangeRecord(
  change: NonNullable<SupporterWithEverything["addressChange"]>,
  identity: IdentityCrypto,
): AddressChangeRecord {
  return {
    newAddress: maskEmail(identity.open(change.newEmailSealed)),
    oldConfirmedAt: textOrNull(change.oldConfirmedAt),
    newConfirmedAt: textOrNull(change.newConfirmedAt),
    takesEffectAt: textOrNull(change.takesEffectAt),
    expiresAt: text(change.expiresAt),
  };
}

function reminderRecord(row: SupporterWithEverything["reminders"][number]): ReminderRecord {
  const { rhythm, amountMinor, currency, locale, createdAt, confirmedAt, sent, nextAt } = row;
  return {
    rhythm,
    amount: amountMinor !== null && currency ? amountOf(amountMinor, currency) : null,
    language: locale,
    requestedAt: text(createdAt),
    confirmedAt: textOrNull(confirmedAt),
    sent,
    nextAt: textOrNull(nextAt),
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
    endReason: row.endReason,
    overdueSince: textOrNull(row.overdueSince),
    stripePaymentMethod: row.paymentMethodId,
    cardExpiresAt: textOrNull(row.cardExpiresAt),
    ...originOf(row),
    changes: own.map(changeRecord),
  };
}

function changeRecord(note: SupporterWithEverything["notes"][number]): GiftChangeRecord {
  const { notedAt, kind, amountMinor, beforeMinor, currency, frequency, beforeFrequency, until, by, reason } = note;
  const amountOrNull = (minor: bigint | null) => (minor !== null && currency ? amountOf(minor, currency) : null);
  return {
    ...{ at: text(notedAt), what: kind, amount: amountOrNull(amountMinor), amountBefore: amountOrNull(beforeMinor) },
    ...{ frequency, frequencyBefore: beforeFrequency, until: textOrNull(until), by, reason },
  };
}

type PaymentRow = SupporterWithEverything["supporter"]["payments"][number];
type Holder = Pick<SupporterWithEverything, "supporter"> & { identity: IdentityCrypto };

function paymentRecord(row: PaymentRow, { supporter, identity }: Holder): PaymentInOwnData {
  const { standing, kept } = paymentStandingOf(row);
  const gift = supporter.recurringGifts.find(({ id }) => id === row.recurringGiftId);
  return {
    receiptNumber: row.id,
    stripeIds: [row.paymentIntentId, row.invoiceId, row.chargeId].filter((id) => id !== null),
    recurringGift: gift?.subscriptionId ?? null,
    paidAt: text(row.paidAt),
    arrivedAt: textOrNull(row.arrivedAt),
    amount: amountOf(row.amountMinor, row.currency),
    coveredFee: coveredOf(row),
    kept: { amount: toDecimal(kept), currency: kept.currency },
    frequency: row.frequency,
    standing,
    ...originOf(row),
    placement: row.placement,
    experiment: experimentOf(row),
    amendments: listRefundsAndDisputes(row).map(({ at, kind, money }) => {
      return { at: text(at), what: kind, amount: { amount: toDecimal(money), currency: money.currency } };
    }),
    disputes: row.disputes.map(({ id, openedAt, amountMinor, currency, reason, status, answerBy }) => ({
      ...{ stripeId: id, openedAt: text(openedAt), amount: amountOf(amountMinor, currency) },
      ...{ reason, status, answerBy: textOrNull(answerBy) },
    })),
    message: row.message && messageRecord(row.message, identity),
  };
}

function failedRecord(row: SupporterWithEverything["attempts"][number]): FailedAttemptRecord {
  const { failedAt, subscriptionId, amountMinor, currency, code, nextAttemptAt } = row;
  return {
    ...{ at: text(failedAt), recurringGift: subscriptionId, amount: amountOf(amountMinor, currency), code },
    nextAttemptAt: textOrNull(nextAttemptAt),
  };
}

function experimentOf({ experiment: id, arm, exposedOn }: PaymentRow): PaymentInOwnData["experiment"] {
  if (id === null) return null;
  return { id, arm, exposedOn: exposedOn === null ? null : text(new Date(exposedOn * DAY_MS)).slice(0, 10) };
}

function messageRecord(row: NonNullable<PaymentRow["message"]>, identity: IdentityCrypto): GiftMessageRecord {
  const { writtenAt, words, mayPublish, status } = messageOf(row, identity);
  return { at: text(writtenAt), words, mayBePublished: mayPublish, status };
}

function originOf({ article, appeal, variant }: OwnGiftOrigin): OwnGiftOrigin {
  return { article, appeal, variant };
}

function amountOf(amountMinor: bigint, currency: string): DecimalAmount {
  const money = moneyOf(amountMinor, currency);
  return { amount: toDecimal(money), currency: money.currency };
}

function coveredOf(row: { coveredFeeMinor: bigint; currency: string }): DecimalAmount | null {
  return row.coveredFeeMinor > 0n ? amountOf(row.coveredFeeMinor, row.currency) : null;
}

function text(date: Date): string {
  return date.toISOString();
}

function textOrNull(date: Date | null): string | null {
  return date && text(date);
}
