// A supporter as staff see them: what they give and have given, and no name or address.
import type { RecurringGift } from "../../../generated/sqlite/client";
import type { Db } from "../../database";
import { isErasing } from "../../ledger/store/erasures";
import { type Money, moneyOf } from "../../money";
import { findLetterChoices } from "../../supporters/letter-readers";
import { mayReadLetters } from "../../supporters/letters";
import { type OwnRecurringGift, ownRecurringGift } from "../../supporters/own-recurring-gifts";
import {
  countPayments,
  findFormerSupporter,
  findPendingAddressChange,
  findSupporterWithAddresses,
  selectGiftsOf,
  selectSeatsAndStops,
  sumKept,
} from "./store/supporter";

export type StaffRecurringGift = OwnRecurringGift & { subscriptionId: string };

export type SupporterRecord = {
  id: string;
  since: Date;
  locale: string;
  /** The newest current address comes first. Its text stays sealed. */
  addresses: { since: Date; until: Date | null }[];
  hasReceiptName: boolean;
  /** The number of all payments, also of those that failed or went back. */
  payments: number;
  /** The kept amounts, one per currency; the currency with the most payments first. */
  kept: { money: Money; payments: number }[];
  /** Ended gifts last. */
  recurringGifts: StaffRecurringGift[];
  letters: { isOpen: boolean; byMail: boolean; freeSeatUntil: Date | null };
  /** When somebody at a current address said that our mail is not for them. */
  mailStoppedAt: Date | null;
  /** A change of address, or a merger, that waits for a mailbox. `takesEffectAt`: set if the old mailbox is lost. */
  addressChange: {
    isOldConfirmed: boolean;
    isNewConfirmed: boolean;
    takesEffectAt: Date | null;
    expiresAt: Date;
  } | null;
  isErasing: boolean;
};

/** `merged`: their gifts belong to another supporter now · `erased`: nobody knows any more whose their gifts were. */
export type FoundSupporter =
  | { kind: "known"; record: SupporterRecord }
  | { kind: "merged"; into: string; at: Date }
  | { kind: "erased"; at: Date }
  | { kind: "unknown" };

export async function findSupporterRecord(
  db: Db,
  { supporterId, now }: { supporterId: string; now: Date },
): Promise<FoundSupporter> {
  const row = await findSupporterWithAddresses(db, supporterId);
  if (row) return { kind: "known", record: await recordOf(db, row, now) };
  const former = await findFormerSupporter(db, supporterId);
  if (!former) return { kind: "unknown" };
  const { becameId, at } = former;
  return becameId === null ? { kind: "erased", at } : { kind: "merged", into: becameId, at };
}

type Row = NonNullable<Awaited<ReturnType<typeof findSupporterWithAddresses>>>;

async function recordOf(db: Db, row: Row, now: Date): Promise<SupporterRecord> {
  const { id } = row;
  const current = row.addresses.filter(({ until }) => until === null);
  const emailHash = current[0]?.emailHash ?? "";
  const hashes = current.map((address) => address.emailHash);
  const [payments, kept, gifts, change, { seats, stops }, isOpen, choices, erasing] = await Promise.all([
    countPayments(db, id),
    sumKept(db, id),
    selectGiftsOf(db, id),
    findPendingAddressChange(db, id),
    selectSeatsAndStops(db, hashes),
    mayReadLetters(db, { supporterId: id, emailHash }, now),
    findLetterChoices(db, { supporterId: id, emailHash }),
    isErasing(db, id),
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
    recurringGifts: endedLast(gifts.map(staffRecurringGift)),
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

export function staffRecurringGift(row: RecurringGift): StaffRecurringGift {
  return { ...ownRecurringGift(row), subscriptionId: row.subscriptionId };
}

function endedLast(gifts: StaffRecurringGift[]): StaffRecurringGift[] {
  const hasEnded = ({ standing }: StaffRecurringGift) => (standing === "ended" ? 1 : 0);
  return gifts.toSorted((a, b) => hasEnded(a) - hasEnded(b));
}
