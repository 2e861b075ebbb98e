// Compares the ledger with Stripe's objects (the books check). The next comparison in the same mode continues one that
// was interrupted. Only the mode `repair` corrects differences.
import type { BooksCheck } from "../../../generated/sqlite/client";
import type { Db, Tx } from "../../database";
import { retentionCutoff } from "../../retention";
import type { RecordFactsOptions } from "../context";
import type { Fact } from "../fact";
import { recordFacts } from "../record";
import { applyFetchedRecurringGiftState, requestRecurringGiftFetch } from "../recurring-gifts";
import { readLedgerCounterpartRows } from "./actual";
import { omitFactsOfObjectsSiteWillFetch } from "./awaited";
import { expectedRows } from "./expected";
import { rederiveRecurringMovements } from "./movements";
import { compareRefundsAndDisputesWithEntries } from "./payment-balances";
import { compareRecurringTotals } from "./recurring-totals";
import { listResolvedDifferenceIds } from "./resolved-differences";
import { type ComparableRow, compareRow, type LedgerDifference, rowName } from "./row";
import { findRecurringGiftBySubscription, listRecordedIntentIds, ROW_KINDS_READ_IN_PAGES } from "./store/ledger-rows";
import {
  addBooksCheck,
  deleteDifferences,
  findLastFinishedRepairIdExcept,
  findUnfinishedCheck,
  finishBooksCheck,
  listKeysSeenByCheck,
  listUnrepairedRowDifferences,
  markBooksCheckInterrupted,
  recordBooksCheckPage,
} from "./store/progress";
import { addCorrectionsToTotalsAndMovements, compareTotalsWithRows } from "./stored-totals";
import { compareSupporterKindAndLastPaid } from "./supporter-payments";
import { listLedgerRowsNotSeenAtStripe } from "./unmatched-rows";
import {
  paymentIntentKeyInBooksCheck,
  possibleLedgerRowNames,
  type StripeListPage,
  type StripeObjectWithFacts,
  unreadableObjectDifference,
} from "./unreadable";

/**
 * Reads one page of one of Stripe's lists, beginning with the newest object. Throws an error if Stripe cannot be
 * reached.
 */
export type StripePageReader = (page: {
  phase: string;
  after: string | null;
  until: Date | null;
}) => Promise<StripeListPage>;

export type BooksCheckOptions = {
  phases: readonly string[];
  readPage: StripePageReader;
  mode: "check" | "repair";
  /**
   * Objects that are younger than this when the check starts are skipped: their webhooks can still be on their way. If
   * 0, none are skipped.
   */
  graceMs: number;
  recordOptions: RecordFactsOptions;
  onPage?: (check: BooksCheck) => void;
};

/**
 * The last phase of a check. It finds rows of the ledger that Stripe does not have, and compares totals with the rows
 * from which they are calculated.
 */
const OWN_BOOKS = "own-books";

/** Continues the latest unfinished check of this mode, or begins a new one. */
export async function runBooksCheck(db: Db, options: BooksCheckOptions): Promise<BooksCheck> {
  const check = await openCheck(db, options);
  const begunAt = performance.now();
  const currentTime = () => new Date(options.recordOptions.now.getTime() + performance.now() - begunAt);
  try {
    return await continueCheck(db, check, { ...options, currentTime });
  } catch (error) {
    await markBooksCheckInterrupted(db, check, currentTime()).catch(() => {});
    throw error;
  }
}

/**
 * `currentTime`: returns the time at each call. `recordOptions.now` is only the time of the start, and a large
 * comparison takes many minutes.
 */
type RunOptions = BooksCheckOptions & { currentTime: () => Date };

async function openCheck(db: Db, { phases, mode, recordOptions }: BooksCheckOptions): Promise<BooksCheck> {
  const unfinished = await findUnfinishedCheck(db, mode);
  return unfinished ?? addBooksCheck(db, { mode, startedAt: recordOptions.now, phase: phases[0] ?? OWN_BOOKS });
}

async function continueCheck(db: Db, opened: BooksCheck, options: RunOptions): Promise<BooksCheck> {
  let check = opened;
  while (check.phase !== OWN_BOOKS && !check.finishedAt) {
    check = await comparePage(db, check, options);
    options.onPage?.(check);
  }
  return check.finishedAt ? check : finish(db, check, options);
}

async function comparePage(db: Db, check: BooksCheck, options: BooksCheckOptions): Promise<BooksCheck> {
  const { phase, cursor } = check;
  const until = untilOf(check, options);
  const page = await options.readPage({ phase, after: cursor, until });
  const { facts: own, unreadable } = await ownOf(db, check, page.objects);
  const facts = await omitFactsOfObjectsSiteWillFetch(db, own, until);
  const rowsOf = (some: Fact[]) => some.flatMap((fact) => expectedRows(fact, options.recordOptions.identity.hashOf));
  const rows = rowsOf(facts);
  const found = await compare(db, rows);
  const mayRepair = options.mode === "repair" && found.length > 0;
  const repaired = mayRepair ? await repair(db, { facts, rows, found, record: options.recordOptions }) : new Set();
  const differences = [
    ...found.map((difference) => ({ ...difference, repaired: repaired.has(idOf(difference)) })),
    ...unreadable.map(({ id, reason }) => ({ ...unreadableObjectDifference(id, { phase, reason }), repaired: false })),
  ];
  const different = new Set(found.map(({ object }) => object));
  const seen = [
    ...rowsOf(own)
      .filter(({ place }) => ROW_KINDS_READ_IN_PAGES.includes(place))
      .map(rowName),
    ...intentsOf(facts.filter((fact) => isIntentUnrecorded(fact, different))),
    ...unreadable.flatMap(possibleLedgerRowNames),
  ];
  const next = nextOf(page, { phase, phases: options.phases });
  return recordBooksCheckPage(db, check, { seen: new Set(seen), differences, next, objectCount: page.objects.length });
}

function nextOf(page: StripeListPage, { phase, phases }: { phase: string; phases: readonly string[] }) {
  if (page.hasMore) return { phase, cursor: page.cursor ?? page.objects.at(-1)?.id ?? null };
  return { phase: phases[phases.indexOf(phase) + 1] ?? OWN_BOOKS, cursor: null };
}

async function compare(db: Db, rows: readonly ComparableRow[]): Promise<LedgerDifference[]> {
  const actual = await readLedgerCounterpartRows(db, rows);
  return rows.flatMap((row) => compareRow(row, actual.get(rowName(row))));
}

/**
 * Records the facts whose ledger rows are missing or different. Uses the option `silent`, so that old facts cause no
 * e-mails. Ignores the error if a fact cannot be recorded; its difference then remains. Returns the names (idOf) of the
 * repaired differences.
 */
async function repair(
  db: Db,
  {
    facts,
    rows,
    found,
    record,
  }: { facts: Fact[]; rows: ComparableRow[]; found: LedgerDifference[]; record: RecordFactsOptions },
): Promise<Set<string>> {
  const options = { ...record, silent: true };
  const keys = new Set(found.map(({ object }) => object));
  for (const fact of facts) {
    if (!expectedRows(fact, record.identity.hashOf).some(({ key }) => keys.has(key))) continue;
    await recordFacts(db, { ...options, facts: [fact] }).catch(() => {});
    if (fact.kind === "recurring-gift-changed") await applyState(db, fact.state, options).catch(() => {});
  }
  const left = new Set((await compare(db, rows)).map(idOf));
  return new Set(found.map(idOf).filter((id) => !left.has(id)));
}

async function applyState(
  db: Db,
  state: Extract<Fact, { kind: "recurring-gift-changed" }>["state"],
  options: RecordFactsOptions,
): Promise<void> {
  const gift = await findRecurringGiftBySubscription(db, state.subscriptionId);
  if (!gift) return;
  const seen = await requestRecurringGiftFetch(db, { id: gift.id, fetchAfter: options.now });
  await applyFetchedRecurringGiftState(db, { id: gift.id, changeNumber: seen, state, options });
}

/**
 * Returns the facts and unreadable objects that belong to this site. A fact of a kind in ABOUT belongs to this site if
 * its payment intent does. An unreadable object without `isCertainlyOurs` belongs to this site if one of its payment
 * intents does.
 */
async function ownOf(db: Db, check: BooksCheck, objects: readonly StripeObjectWithFacts[]) {
  const facts = objects.flatMap((object) => object.facts);
  const unreadable = objects.flatMap((object) => (object.unreadable ? [{ id: object.id, ...object.unreadable }] : []));
  const intents = [
    ...facts.flatMap((fact) => (isAbout(fact) ? [fact.paymentIntentId] : [])),
    ...unreadable.flatMap(({ isCertainlyOurs, ids }) => (isCertainlyOurs ? [] : ids)),
  ];
  const own = new Set([...(await ownIntents(db, check, [...new Set(intents)])), ...intentsOf(facts)]);
  return {
    facts: facts.filter((fact) => !isAbout(fact) || own.has(paymentIntentKeyInBooksCheck(fact.paymentIntentId))),
    unreadable: unreadable.filter(
      ({ isCertainlyOurs, ids }) => isCertainlyOurs || ids.some((id) => own.has(paymentIntentKeyInBooksCheck(id))),
    ),
  };
}

async function ownIntents(db: Db, check: BooksCheck, ids: string[]): Promise<string[]> {
  const inLedger = new Set(await listRecordedIntentIds(db, ids));
  const others = ids.filter((id) => !inLedger.has(id));
  return [
    ...[...inLedger].map(paymentIntentKeyInBooksCheck),
    ...(await listKeysSeenByCheck(db, check.id, others.map(paymentIntentKeyInBooksCheck))),
  ];
}

/** The kinds of facts that name a payment intent but do not show whether it belongs to this site. */
const ABOUT = ["payment-charged", "refund", "dispute", "balance-moved"] as const;

function isAbout(fact: Fact): fact is Extract<Fact, { kind: (typeof ABOUT)[number] }> {
  return ABOUT.some((kind) => kind === fact.kind);
}

function isOwnIntent(fact: Fact): fact is Extract<Fact, { kind: "single-payment" | "payment-linked" }> {
  return fact.kind === "single-payment" || fact.kind === "payment-linked";
}

function intentsOf(facts: readonly Fact[]): string[] {
  return facts.flatMap((fact) => (isOwnIntent(fact) ? [paymentIntentKeyInBooksCheck(fact.paymentIntentId)] : []));
}

/**
 * Returns true if the check must store that the fact's payment intent belongs to this site. This is necessary if the
 * ledger's row is missing or different. Otherwise ownIntents() finds the payment intent in the ledger.
 */
function isIntentUnrecorded(fact: Fact, different: ReadonlySet<string>): boolean {
  if (!isOwnIntent(fact)) return false;
  return different.has(fact.kind === "payment-linked" ? fact.invoiceId : fact.paymentIntentId);
}

async function finish(db: Db, check: BooksCheck, options: RunOptions): Promise<BooksCheck> {
  const { now, timeZone } = options.recordOptions;
  const unmatched = await listLedgerRowsNotSeenAtStripe(db, { checkId: check.id, until: untilOf(check, options) });
  const isRepair = options.mode === "repair";
  const supporterPayments = await compareSupporterKindAndLastPaid(db, { repair: isRepair });
  // Reads from a snapshot, because the site goes on recording payments. Entries, totals and balances must be compared
  // as they were at one moment.
  const { sums, balances, lastRepair } = await db.$snapshot(async (tx) => ({
    sums: await compareTotalsWithRows(tx, timeZone),
    balances: await compareRefundsAndDisputesWithEntries(tx),
    lastRepair: await findLastFinishedRepairIdExcept(tx, check),
  }));
  if (isRepair) await rederiveRecurringMovements(db, sums.movements, timeZone);
  const conclude = async (tx: Tx) => {
    await deleteDifferences(tx, await listResolvedDifferenceIds(tx, await listUnrepairedRowDifferences(tx, check.id)));
    // If another repair has finished since the snapshot, it has already added the same corrections. They must not be
    // added twice.
    const mayCorrect = isRepair && (await findLastFinishedRepairIdExcept(tx, check)) === lastRepair;
    if (mayCorrect) await addCorrectionsToTotalsAndMovements(tx, sums);
    const recurring = await compareRecurringTotals(tx, { repair: isRepair });
    return [
      ...[...unmatched, ...balances].map((difference) => ({ ...difference, repaired: false })),
      ...[...sums.totals.differences, ...sums.movements.differences].map((each) => ({ ...each, repaired: mayCorrect })),
      ...[...supporterPayments, ...recurring].map((difference) => ({ ...difference, repaired: isRepair })),
    ];
  };
  return finishBooksCheck(db, check, {
    conclude,
    now: options.currentTime(),
    deleteBefore: retentionCutoff("booksCheck", now),
  });
}

function untilOf({ startedAt }: BooksCheck, { graceMs }: BooksCheckOptions): Date | null {
  return graceMs === 0 ? null : new Date(startedAt.getTime() - graceMs);
}

function idOf({ object, place }: LedgerDifference): string {
  return `${object} ${place}`;
}
