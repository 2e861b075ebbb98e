// Queries for the supporters' area. Those that take `Mine` filter by the supporter's id, so that nobody can read
// another person's gifts.
import type { AddressChange, MailStop } from "../../generated/sqlite/client";
import type { Db, Tx } from "../database";
import { RECEIPT_NUMBER_COLLISION_SEPARATOR, shownReceiptNumber } from "../ledger/receipt-number";

type Mine = { supporterId: string };

const BOOKS = { entries: true, refunds: { select: { id: true, status: true } } } as const;

export function findGiftOriginAndNextCharge(db: Db, checkoutSessionId: string) {
  return db.gift.findUnique({
    where: { checkoutSessionId },
    select: {
      ...{ article: true, appeal: true, variant: true, placement: true },
      recurringGifts: { select: { chargesNextAt: true } },
    },
  });
}

/** Finds a gift with its payments, the oldest payment first. */
export function findGiftWithPayments(db: Db, checkoutSessionId: string) {
  return db.gift.findUnique({
    where: { checkoutSessionId },
    include: { payments: { orderBy: { paidAt: "asc" } } },
  });
}

export async function findGiftLocale(db: Db, checkoutSessionId: string): Promise<string | null> {
  const gift = await db.gift.findUnique({ where: { checkoutSessionId }, select: { locale: true } });
  return gift?.locale ?? null;
}

/**
 * Finds the gift of a Checkout session. The result includes the supporter ids of the gift's payments and recurring
 * gifts.
 */
export function findGiftOfCheckoutWithSupporterIds(db: Db, checkoutSessionId: string) {
  const supporterId = { select: { supporterId: true } };
  return db.gift.findUnique({
    where: { checkoutSessionId },
    include: { payments: supporterId, recurringGifts: supporterId },
  });
}

/**
 * Returns the status of a recurring gift, and `failedAt` and `nextAttemptAt` of its latest failed renewal attempt. Both
 * times are null if the ledger has no such attempt. Returns null if the gift does not exist.
 */
export async function findGiftStatusAndLastFailedRenewal(db: Db, recurringGiftId: string) {
  const gift = await db.recurringGift.findUnique({
    where: { id: recurringGiftId },
    select: { status: true, subscriptionId: true },
  });
  if (!gift) return null;
  const attempt = await db.failedAttempt.findFirst({
    where: { subscriptionId: gift.subscriptionId, isRenewal: true },
    orderBy: [{ failedAt: "desc" }, { key: "desc" }],
    select: { failedAt: true, nextAttemptAt: true },
  });
  return { status: gift.status, ...(attempt ?? { failedAt: null, nextAttemptAt: null }) };
}

export function selectSupporterPayments(db: Db, { supporterId }: Mine) {
  return db.payment.findMany({ where: { supporterId }, orderBy: [{ paidAt: "desc" }, { id: "asc" }] });
}

export function selectPaymentsOfRecurringGift(
  db: Db,
  { supporterId, recurringGiftId }: Mine & { recurringGiftId: string },
) {
  return db.payment.findMany({
    where: { supporterId, recurringGiftId },
    orderBy: [{ paidAt: "desc" }, { id: "asc" }],
  });
}

export function selectPaymentsSince(tx: Tx, { supporterId, since }: Mine & { since: Date }) {
  return tx.payment.findMany({ where: { supporterId, paidAt: { gte: since } } });
}

export function selectPageOfPaymentsSince(
  db: Db,
  { supporterId, since, skip, limit }: Mine & { since: Date; skip: number; limit: number },
) {
  return db.payment.findMany({
    where: { supporterId, paidAt: { gte: since } },
    orderBy: [{ paidAt: "desc" }, { id: "asc" }],
    skip,
    take: limit,
  });
}

/**
 * Finds a succeeded payment by its id or receipt number, with its refunds and entries. If several payments have this
 * receipt number, returns the payment whose id equals `idOrReceiptNumber`. If no id equals it, returns the payment with
 * the lowest id. An id without a suffix is the lowest.
 */
export async function findSucceededPayment(
  db: Db,
  { idOrReceiptNumber, supporterId }: Mine & { idOrReceiptNumber: string },
) {
  const number = shownReceiptNumber(idOrReceiptNumber);
  const hasNumber = { OR: [{ id: number }, { id: { startsWith: `${number}${RECEIPT_NUMBER_COLLISION_SEPARATOR}` } }] };
  const payments = await db.payment.findMany({
    where: { ...hasNumber, supporterId, status: "succeeded" },
    orderBy: { id: "asc" },
    include: BOOKS,
  });
  return payments.find(({ id }) => id === idOrReceiptNumber) ?? payments[0] ?? null;
}

/**
 * Selects all payments of a supporter with their refunds and entries. A supporter has at most some hundreds of
 * payments.
 */
export function selectPaymentsWithEntries(db: Db, { supporterId }: Mine) {
  return db.payment.findMany({ where: { supporterId }, include: BOOKS });
}

export function selectRecurringGifts(db: Db, { supporterId }: Mine) {
  return db.recurringGift.findMany({ where: { supporterId }, orderBy: { recordedAt: "desc" } });
}

export function findRecurringGift(db: Db, { id, supporterId }: Mine & { id: string }) {
  return db.recurringGift.findFirst({ where: { id, supporterId } });
}

export function findRecurringGiftBySubscription(db: Db, subscriptionId: string) {
  return db.recurringGift.findUnique({ where: { subscriptionId } });
}

export async function hasActiveRecurringGift(db: Db | Tx, { supporterId }: Mine): Promise<boolean> {
  return (await db.recurringGift.count({ where: { supporterId, status: "active", endedAt: null } })) > 0;
}

/**
 * Finds the supporter to whom an e-mail address belongs. Also finds them by a former address: `until` is then the time
 * at which the address stopped being current.
 */
export function findSupporterByAddress(db: Db | Tx, emailHash: string) {
  return db.supporterAddress.findUnique({
    where: { emailHash },
    select: { until: true, supporter: { select: { id: true, locale: true } } },
  });
}

type SessionRow = { idHash: string; emailHash: string; signedInOn: string; lastSeenOn: string; endsAt: Date };

export async function insertSession(db: Db, session: SessionRow): Promise<void> {
  await db.session.create({ data: session });
}

export function findSignInSession(db: Db, idHash: string) {
  return db.session.findUnique({ where: { idHash } });
}

export async function recordSessionUse(db: Db, { idHash, day }: { idHash: string; day: string }): Promise<void> {
  await db.session.updateMany({ where: { idHash }, data: { lastSeenOn: day } });
}

export async function markSecondFactorPassed(tx: Tx, { idHash, now }: { idHash: string; now: Date }): Promise<void> {
  await tx.session.updateMany({ where: { idHash }, data: { secondFactorAt: now } });
}

export async function endSession(db: Db, idHash: string): Promise<void> {
  await db.session.deleteMany({ where: { idHash } });
}

export async function deleteSessionsExpiredBefore(db: Db, now: Date): Promise<void> {
  await db.session.deleteMany({ where: { endsAt: { lte: now } } });
}

export function selectUnexpiredSignedInSessions(db: Db, { emailHashes, now }: { emailHashes: string[]; now: Date }) {
  return db.session.findMany({ where: { emailHash: { in: emailHashes }, endsAt: { gt: now } } });
}

export async function deleteSignInSessionsExcept(
  db: Db,
  { emailHashes, idHash }: { emailHashes: string[]; idHash: string },
): Promise<number> {
  const others = { emailHash: { in: emailHashes }, idHash: { not: idHash } };
  return (await db.session.deleteMany({ where: others })).count;
}

export async function listCurrentAddressHashes(db: Db, { supporterId }: Mine): Promise<string[]> {
  const rows = await db.supporterAddress.findMany({
    where: { supporterId, until: null },
    select: { emailHash: true },
  });
  return rows.map(({ emailHash }) => emailHash);
}

type TokenRow = { tokenHash: string; emailHash: string; emailSealed: string; createdAt: Date; expiresAt: Date };

export async function insertSignInToken(tx: Tx, token: TokenRow): Promise<void> {
  await tx.signInToken.create({ data: token });
}

export function findSignInToken(db: Db, tokenHash: string) {
  return db.signInToken.findUnique({ where: { tokenHash } });
}

/** Deletes a token. Returns false if it does not exist. If two requests delete it at once, only one gets true. */
export async function deleteSignInToken(db: Db, tokenHash: string): Promise<boolean> {
  return (await db.signInToken.deleteMany({ where: { tokenHash } })).count === 1;
}

export async function deleteSignInTokensExpiredBefore(tx: Tx, moment: Date): Promise<void> {
  await tx.signInToken.deleteMany({ where: { expiresAt: { lte: moment } } });
}

/**
 * Stops e-mails to an address, which gives staff a task. If they were stopped before, returns false; staff get the task
 * again, even if a colleague had finished it.
 */
export async function addStoppedAddress(tx: Tx, stop: MailStop): Promise<boolean> {
  const { count } = await tx.mailStop.updateMany({ where: { emailHash: stop.emailHash }, data: { handledAt: null } });
  if (count > 0) return false;
  await tx.mailStop.create({ data: stop });
  return true;
}

export async function hasStoppedAddress(db: Db, emailHash: string): Promise<boolean> {
  return (await db.mailStop.findUnique({ where: { emailHash }, select: { emailHash: true } })) !== null;
}

export async function deleteStoppedAddress(db: Db | Tx, emailHash: string): Promise<void> {
  await db.mailStop.deleteMany({ where: { emailHash } });
}

export async function setStoppedAddressHandled(
  db: Db,
  { emailHash, now }: { emailHash: string; now: Date },
): Promise<void> {
  await db.mailStop.updateMany({ where: { emailHash, handledAt: null }, data: { handledAt: now } });
}

export async function findSupporterIdByAddress(tx: Tx, emailHash: string): Promise<string | null> {
  const address = await tx.supporterAddress.findUnique({ where: { emailHash }, select: { supporterId: true } });
  return address?.supporterId ?? null;
}

export async function findReceiptNameSealed(db: Db, supporterId: string): Promise<string | null> {
  const found = await db.supporter.findUnique({ where: { id: supporterId }, select: { receiptNameSealed: true } });
  return found?.receiptNameSealed ?? null;
}

export async function setSupporterLanguage(
  db: Db | Tx,
  { supporterId, language }: Mine & { language: string },
): Promise<void> {
  await db.supporter.updateMany({ where: { id: supporterId }, data: { locale: language } });
}

export async function setSealedReceiptName(
  db: Db,
  { supporterId, sealed }: { supporterId: string; sealed: string | null },
): Promise<void> {
  await db.supporter.updateMany({ where: { id: supporterId }, data: { receiptNameSealed: sealed } });
}

export type SupporterWithEverything = Awaited<ReturnType<typeof getSupporterWithAllOwnData>>;

/**
 * Selects the rows about a supporter for the data that they can download. Throws an error if the supporter does not
 * exist.
 */
export async function getSupporterWithAllOwnData(db: Db, supporterId: string) {
  const supporter = await db.supporter.findUniqueOrThrow({
    where: { id: supporterId },
    include: {
      addresses: { orderBy: { since: "asc" } },
      recurringGifts: { orderBy: { recordedAt: "asc" } },
      payments: {
        orderBy: [{ paidAt: "asc" }, { id: "asc" }],
        include: {
          ...{ entries: true, message: true, refunds: { select: { id: true, status: true } } },
          disputes: { orderBy: { openedAt: "asc" } },
        },
      },
    },
  });
  const hashes = supporter.addresses.map(({ emailHash }) => emailHash);
  const atAddresses = { emailHash: { in: hashes } };
  const { recurringGifts, payments } = supporter;
  const ofGifts = { subscriptionId: { in: recurringGifts.map(({ subscriptionId }) => subscriptionId) } };
  const giftIds = [...recurringGifts, ...payments].flatMap(({ giftId }) => giftId ?? []);
  const ofFirstPayments = { giftId: { in: giftIds }, subscriptionId: null };
  return {
    supporter,
    notes: await db.recurringNote.findMany({ where: ofGifts, orderBy: { notedAt: "asc" } }),
    attempts: await db.failedAttempt.findMany({
      where: { OR: [ofGifts, ofFirstPayments] },
      orderBy: { failedAt: "asc" },
    }),
    mails: await db.outboxMail.findMany({ where: { personHash: { in: hashes } }, orderBy: { queuedAt: "asc" } }),
    refusals: await db.mailRefusal.findMany({ where: { supporterId }, orderBy: { kind: "asc" } }),
    mailStops: await db.mailStop.findMany({ where: atAddresses }),
    sessions: await db.session.findMany({ where: atAddresses, orderBy: { signedInOn: "asc" } }),
    signInTokens: await db.signInToken.findMany({ where: atAddresses, orderBy: { createdAt: "asc" } }),
    reminders: await db.reminder.findMany({ where: atAddresses, orderBy: { createdAt: "asc" } }),
    letterReaders: await db.letterReader.findMany({
      where: { OR: [{ supporterId }, atAddresses] },
      orderBy: { id: "asc" },
    }),
    freeSeats: await db.freeSeat.findMany({ where: atAddresses, orderBy: { givenAt: "asc" } }),
    addressChange: await findRequestedAddressChangeOf(db, supporterId),
    erasure: await db.erasure.findUnique({ where: { supporterId } }),
  };
}

export async function replaceAddressChange(tx: Tx, change: AddressChange): Promise<void> {
  const { supporterId } = change;
  await tx.addressChange.upsert({ where: { supporterId }, update: change, create: change });
}

export function findAddressChange(db: Db, tokenHash: string): Promise<AddressChange | null> {
  return db.addressChange.findFirst({ where: { OR: [{ oldTokenHash: tokenHash }, { newTokenHash: tokenHash }] } });
}

export function findRequestedAddressChangeOf(db: Db, supporterId: string): Promise<AddressChange | null> {
  return db.addressChange.findUnique({ where: { supporterId } });
}

export function listChangesConfirmedByNewMailbox(db: Db): Promise<AddressChange[]> {
  return db.addressChange.findMany({ where: { newConfirmedAt: { not: null } } });
}

/**
 * Stores when the old or the new mailbox confirmed the change of address. A second confirmation from the same mailbox
 * changes nothing.
 */
export async function recordAddressConfirmation(
  db: Db,
  { supporterId, side, now }: { supporterId: string; side: "old" | "new"; now: Date },
): Promise<void> {
  const column = side === "old" ? "oldConfirmedAt" : "newConfirmedAt";
  await db.addressChange.updateMany({ where: { supporterId, [column]: null }, data: { [column]: now } });
}

export async function deleteAddressChange(db: Db, supporterId: string): Promise<void> {
  await db.addressChange.deleteMany({ where: { supporterId } });
}

export async function deleteAddressChangesExpiredBefore(db: Db, now: Date): Promise<number> {
  return (await db.addressChange.deleteMany({ where: { expiresAt: { lte: now } } })).count;
}

export async function endSignInSessionsOf(db: Db | Tx, emailHash: string): Promise<void> {
  await db.session.deleteMany({ where: { emailHash } });
}
