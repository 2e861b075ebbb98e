import type { RecurringGift } from "../../../generated/sqlite/client";
import type { Db } from "../../database";
import { isBeingErased } from "../../ledger/store/erasures";
import { type Money, moneyOf } from "../../money";
import { findLetterChoices } from "../../supporters/letter-readers";
import { mayReadLetters } from "../../supporters/letters";
import { type OwnRecurringGift, ownRecurringGift } from "../../supporters/own-recurring-gifts";
import {
  countPayments,
  findDeletedOrMergedSupporter,
  findPendingAddressChange,
  findSupporterWithAddresses,
  listFreeSeatsAndStoppedAddresses,
  selectRecurringGiftsOf,
  sumKeptAmounts,
} from "./store/supporter";

export type RecurringGiftForStaff = OwnRecurringGift & { subscriptionId: string };

export type SupporterForStaff = {
  id: string;
  since: Date;
  locale: string;
  /** The times at which each e-mail address was added and replaced. The newest current address comes first. */
  addresses: { since: Date; until: Date | null }[];
  hasReceiptName: boolean;
  payments: number;
  /**
   * The amounts of the payments after refunds and disputes, per currency. The currency with the most payments comes
   * first.
   */
  kept: { money: Money; payments: number }[];
  recurringGifts: RecurringGiftForStaff[];
  letters: { isOpen: boolean; byMail: boolean; freeSeatUntil: Date | null };
  /**
   * The time at which the owner of one of the supporter's current e-mail addresses reported that they had not requested
   * our e-mails. Null if nobody reported this.
   */
  mailStoppedAt: Date | null;
  /**
   * A requested change of the e-mail address, or null. `takesEffectAt`: set only if the supporter can no longer read
   * e-mails to the old address.
   */
  addressChange: {
    isOldConfirmed: boolean;
    isNewConfirmed: boolean;
    takesEffectAt: Date | null;
    expiresAt: Date;
  } | null;
  isErasing: boolean;
};

/**
 * `merged`: the supporter's gifts now belong to the supporter `into`. `erased`: the gifts no longer belong to anybody.
 */
export type FindSupporterResult =
  | { kind: "known"; record: SupporterForStaff }
  | { kind: "merged"; into: string; at: Date }
  | { kind: "erased"; at: Date }
  | { kind: "unknown" };

export async function findSupporterRecord(
  db: Db,
  { supporterId, now }: { supporterId: string; now: Date },
): Promise<FindSupporterResult> {
  const row = await findSupporterWithAddresses(db, supporterId);
  if (row) return { kind: "known", record: await recordOf(db, row, now) };
  const former = await findDeletedOrMergedSupporter(db, supporterId);
  if (!former) return { kind: "unknown" };
  const { becameId, at } = former;
  return becameId === null ? { kind: "erased", at } : { kind: "merged", into: becameId, at };
}

type Row = NonNullable<Awaited<ReturnType<typeof findSupporterWithAddresses>>>;

async function recordOf(db: Db, row: Row, now: Date): Promise<SupporterForStaff> {
  const { id } = row;
  const current = row.addresses.filter(({ until }) => until === null);
  const emailHash = current[0]?.emailHash ?? "";
  const hashes = current.map((address) => address.emailHash);
  const [payments, kept, gifts, change, { seats, stops }, isOpen, choices, erasing] = await Promise.all([
    countPayments(db, id),
    sumKeptAmounts(db, id),
    selectRecurringGiftsOf(db, id),
    findPendingAddressChange(db, id),
    listFreeSeatsAndStoppedAddresses(db, hashes),
    mayReadLetters(db, { supporterId: id, emailHash }, now),
    findLetterChoices(db, { supporterId: id, emailHash }),
    isBeingErased(db, id),
  ]);
  return {
    id,
    since: row.createdAt,
    locale: row.locale,
    addresses: row.addresses.map(({ since, until }) => ({ since, until })),
    hasReceiptName: row.receiptNameSealed !== null,
    payments,
    kept: kept.map(({ minor, currency, payments }) => ({
      money: moneyOf(minor, currency),
      payments: Number(payments),
    })),
    recurringGifts: endedLast(gifts.map(recurringGiftForStaff)),
    letters: { isOpen, byMail: choices.byMail, freeSeatUntil: seats.find(({ until }) => until > now)?.until ?? null },
    mailStoppedAt: stops[0]?.stoppedAt ?? null,
    addressChange: change && {
      isOldConfirmed: change.oldConfirmedAt !== null,
      isNewConfirmed: change.newConfirmedAt !== null,
      takesEffectAt: change.takesEffectAt,
      expiresAt: change.expiresAt,
    },
    isErasing: erasing,
  };
}

export function recurringGiftForStaff(row: RecurringGift): RecurringGiftForStaff {
  return { ...ownRecurringGift(row), subscriptionId: row.subscriptionId };
}

function endedLast(gifts: RecurringGiftForStaff[]): RecurringGiftForStaff[] {
  const hasEnded = ({ standing }: RecurringGiftForStaff) => (standing === "ended" ? 1 : 0);
  return gifts.toSorted((a, b) => hasEnded(a) - hasEnded(b));
}
