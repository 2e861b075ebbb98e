import type { MovementTotal, RecurringGift, RenewalTotal } from "../../../generated/sqlite/client";
import type { Db, Tx } from "../../database";
import { deriveRecurringMovements } from "../gift-history";
import type { RecurringMovementWithKind } from "../movement-steps";
import {
  addRecurringMovementTotal,
  recurringMovementTotalChanges,
  recurringMovementTotalKey,
} from "../movement-totals";
import { hasSameRecurringMovements, rederiveMovementsOfRecurringGift, setSupporterKindOfGifts } from "../movements";
import { expectedRenewalTotalKey, renewalTotalRowForNextCharge } from "../renewal-totals";
import { addToRecurringMovementTotals } from "../store/movements";
import { compareTotal, type LedgerDifference } from "./row";
import {
  addCorrectionsToExpectedRenewalTotals,
  listGiftsWithWrongSupporterKind,
  listRecurringMovementTotals,
  listScheduledRenewalTotals,
  listStoredGiftHistories,
} from "./store/ledger-movements";

export type RecurringMovementCheckResult = {
  differences: LedgerDifference[];
  wrongSubscriptionIds: string[];
  /** The supporters of gifts whose `supporterKind` is wrongly `returning` or wrongly empty. */
  wrongSupporterIds: string[];
  movementCorrections: MovementTotal[];
  renewalCorrections: RenewalTotal[];
};

/**
 * Compares each gift's movements, `overdueSince` and `supporterKind` with the rows from which they are derived. Also
 * compares the sums of movements and of expected charges. `tx`: a transaction on a snapshot, because all rows must be
 * read as of one moment.
 */
export async function compareMovementsWithGiftHistory(tx: Tx, timeZone: string): Promise<RecurringMovementCheckResult> {
  const sums = { movements: new Map<string, MovementTotal>(), renewals: new Map<string, RenewalTotal>() };
  const differences: LedgerDifference[] = [];
  const wrongSubscriptionIds: string[] = [];
  for await (const { gift, notes, lastPaidAt, movements } of listStoredGiftHistories(tx)) {
    const derived = deriveRecurringMovements({ gift, notes, lastPaidAt });
    const wrong = [
      ...movementDifferences(gift.subscriptionId, movements, derived.movements),
      ...overdueDifferences(gift, derived.overdueSince),
    ];
    if (wrong.length > 0) wrongSubscriptionIds.push(gift.subscriptionId);
    differences.push(...wrong);
    for (const change of recurringMovementTotalChanges([], movements, timeZone))
      addRecurringMovementTotal(sums.movements, change);
    const renewal = renewalTotalRowForNextCharge(gift, timeZone);
    if (renewal) addRenewal(sums.renewals, renewal);
  }
  const kinds = await listGiftsWithWrongSupporterKind(tx);
  const movements = compareRows(await listRecurringMovementTotals(tx), sums.movements, MOVEMENT_SUMS);
  const renewals = compareRows(await listScheduledRenewalTotals(tx), sums.renewals, RENEWAL_SUMS);
  const ofKinds = kinds.map(({ subscriptionId, supporterKind }) => ({
    ...{ object: subscriptionId, place: "recurring-gift.supporterKind", cause: "sum-differs" as const },
    ...{ ours: supporterKind, theirs: supporterKind === "returning" ? null : "returning" },
  }));
  return {
    differences: [...differences, ...ofKinds, ...movements.differences, ...renewals.differences],
    wrongSubscriptionIds,
    wrongSupporterIds: kinds.flatMap(({ supporterId }) => supporterId ?? []),
    movementCorrections: movements.corrections,
    renewalCorrections: renewals.corrections,
  };
}

/** Adds the corrections of a check to the sums. A second call with the same check would add them again. */
export async function correctRecurringMovementTotals(
  tx: Tx,
  { movementCorrections, renewalCorrections }: RecurringMovementCheckResult,
): Promise<void> {
  for (let from = 0; from < movementCorrections.length; from += PAGE)
    await addToRecurringMovementTotals(tx, movementCorrections.slice(from, from + PAGE));
  for (let from = 0; from < renewalCorrections.length; from += PAGE)
    await addCorrectionsToExpectedRenewalTotals(tx, renewalCorrections.slice(from, from + PAGE));
}

/**
 * Derives the movements again that a check found to be wrong, and updates the sums. Works in batches, so that no
 * transaction takes long. Repeated calls are safe.
 */
export async function rederiveRecurringMovements(
  db: Db,
  { wrongSubscriptionIds, wrongSupporterIds }: RecurringMovementCheckResult,
  timeZone: string,
) {
  const supporters = [...new Set(wrongSupporterIds)];
  for (let from = 0; from < supporters.length; from += HISTORIES_PER_TRANSACTION)
    await db.$transaction(async (tx) => {
      for (const id of supporters.slice(from, from + HISTORIES_PER_TRANSACTION))
        await setSupporterKindOfGifts({ tx, timeZone }, id);
    });
  for (let from = 0; from < wrongSubscriptionIds.length; from += HISTORIES_PER_TRANSACTION)
    await db.$transaction(async (tx) => {
      for (const id of wrongSubscriptionIds.slice(from, from + HISTORIES_PER_TRANSACTION))
        await rederiveMovementsOfRecurringGift({ tx, timeZone }, id);
    });
}

/**
 * PAGE: the maximum number of correction rows that one SQL statement applies. HISTORIES_PER_TRANSACTION: the number of
 * gifts or supporters that one transaction corrects.
 */
const PAGE = 1_000;
const HISTORIES_PER_TRANSACTION = 100;

const MOVEMENT_SUMS = { place: "movement-total", nameOf: recurringMovementTotalKey, sum: "yearMinor" } as const;
const RENEWAL_SUMS = { place: "renewal-total", nameOf: expectedRenewalTotalKey, sum: "amountMinor" } as const;

type SumRow<Sum extends string> = { gifts: number } & Record<Sum, bigint>;
type Kind<Row, Sum> = { place: string; nameOf: (row: Row) => string; sum: Sum };

/**
 * Compares the stored sums with sums derived from the gifts. `corrections`: the amounts to add to the stored sums, so
 * that both are equal. A missing row counts as a row of zeros.
 */
function compareRows<Sum extends string, Row extends SumRow<Sum>>(
  stored: readonly Row[],
  derived: ReadonlyMap<string, Row>,
  { place, nameOf, sum }: Kind<Row, Sum>,
): { differences: LedgerDifference[]; corrections: Row[] } {
  const ours = new Map(stored.map((row) => [nameOf(row), row]));
  const corrections: Row[] = [];
  const differences = [...new Set([...ours.keys(), ...derived.keys()])].sort().flatMap((name) => {
    const [our, their] = [ours.get(name), derived.get(name)];
    const gifts = { stored: our?.gifts ?? 0, derived: their?.gifts ?? 0 };
    const sums = { stored: our?.[sum] ?? 0n, derived: their?.[sum] ?? 0n };
    const found = [
      ...compareTotal(name, { place: `${place}.gifts`, ...gifts }),
      ...compareTotal(name, { place: `${place}.${sum}`, ...sums }),
    ];
    const change = { gifts: gifts.derived - gifts.stored, [sum]: sums.derived - sums.stored };
    if (found.length > 0) corrections.push({ ...((our ?? their) as Row), ...change });
    return found;
  });
  return { differences, corrections };
}

function movementDifferences(
  object: string,
  ours: readonly RecurringMovementWithKind[],
  theirs: readonly RecurringMovementWithKind[],
): LedgerDifference[] {
  if (hasSameRecurringMovements(ours, theirs)) return [];
  return [{ object, place: "recurring-movement", cause: "sum-differs", ours: listOf(ours), theirs: listOf(theirs) }];
}

function overdueDifferences({ subscriptionId, overdueSince }: RecurringGift, derived: Date | null): LedgerDifference[] {
  const [ours, theirs] = [overdueSince, derived].map((at) => at?.toISOString() ?? null) as [
    string | null,
    string | null,
  ];
  if (ours === theirs) return [];
  return [{ object: subscriptionId, place: "recurring-gift.overdueSince", cause: "sum-differs", ours, theirs }];
}

function listOf(movements: readonly RecurringMovementWithKind[]): string | null {
  return (
    movements.map(({ kind, yearMinor, movedAt }) => `${kind} ${yearMinor} ${movedAt.toISOString()}`).join(", ") || null
  );
}

function addRenewal(sums: Map<string, RenewalTotal>, row: RenewalTotal): void {
  const sum = sums.get(expectedRenewalTotalKey(row));
  const added = sum && { ...sum, gifts: sum.gifts + row.gifts, amountMinor: sum.amountMinor + row.amountMinor };
  sums.set(expectedRenewalTotalKey(row), added ?? row);
}
