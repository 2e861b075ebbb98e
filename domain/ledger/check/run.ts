// The check of the books against Stripe's: page by page through Stripe's objects, row by row, to the cent. It goes on where it
// was broken off, names every difference, and mends only when told to; it never takes anything away.
import type { BooksCheck } from "../../../generated/sqlite/client";
import type { Db, Tx } from "../../database";
import type { Fact } from "../fact";
import { type RecordOptions, recordFacts } from "../record";
import { applyFetchedState, noteChange } from "../recurring-gifts";
import { actualRows } from "./actual";
import { compareTotals, mendTotals } from "./derive";
import { compareRecurringTotals } from "./derive-recurring";
import { expectedRows } from "./expected";
import { findLastRepair, noteEnd, notePage, noteStop } from "./notes";
import { compareRow, type Difference, nameOf, type Row } from "./row";
import { compareStandings } from "./standings";
import { findStrangers } from "./strangers";
import { intentName, rowsBehind, type StripesObject, type StripesPage, unreadableDifference } from "./unreadable";

/** One page of one of Stripe's lists, newest first. Throws where Stripe cannot be reached. */
export type ReadPage = (ask: { phase: string; after: string | null; until: Date | null }) => Promise<StripesPage>;

export type CheckTerms = {
  phases: readonly string[];
  readPage: ReadPage;
  mode: "check" | "repair";
  /** Objects that are younger may still be on their way to the books; 0 compares all that there is. */
  graceMs: number;
  terms: RecordOptions;
  onPage?: (check: BooksCheck) => void;
};

const OWN_BOOKS = "own-books";

/**
 * Goes on with the last check of this mode that has not ended, or begins one. Answers it when it is finished; where it cannot go on
 * it notes that, and throws.
 */
export async function runBooksCheck(db: Db, given: CheckTerms): Promise<BooksCheck> {
  const check = await openCheck(db, given);
  try {
    return await goOn(db, check, given);
  } catch (error) {
    await noteStop(db, check, given.terms.now).catch(() => {});
    throw error;
  }
}

async function goOn(db: Db, opened: BooksCheck, given: CheckTerms): Promise<BooksCheck> {
  let check = opened;
  while (check.phase !== OWN_BOOKS && !check.finishedAt) {
    check = await comparePage(db, check, given);
    given.onPage?.(check);
  }
  return check.finishedAt ? check : finish(db, check, given);
}

async function openCheck(db: Db, { phases, mode, terms }: CheckTerms): Promise<BooksCheck> {
  const open = await db.booksCheck.findFirst({ where: { mode, finishedAt: null }, orderBy: { startedAt: "desc" } });
  if (open) return open;
  const data = { id: crypto.randomUUID(), mode, startedAt: terms.now, phase: phases[0] ?? OWN_BOOKS };
  return db.booksCheck.create({ data });
}

async function comparePage(db: Db, check: BooksCheck, given: CheckTerms): Promise<BooksCheck> {
  const { phase, cursor } = check;
  const page = await given.readPage({ phase, after: cursor, until: untilOf(check, given) });
  const { facts, unreadable } = await ownOf(db, check, page.objects);
  const rows = facts.flatMap((fact) => expectedRows(fact, given.terms.identity.hashOf));
  const found = await compare(db, rows);
  const repaired =
    given.mode === "repair" && found.length > 0 ? await repair(db, { facts, rows, found, given }) : new Set();
  const { phases } = given;
  const next = page.hasMore
    ? { phase, cursor: page.objects.at(-1)?.id ?? null }
    : { phase: phases[phases.indexOf(phase) + 1] ?? OWN_BOOKS, cursor: null };
  const differences = [
    ...found.map((difference) => ({ ...difference, repaired: repaired.has(idOf(difference)) })),
    ...unreadable.map(({ id, reason }) => ({ ...unreadableDifference(id, { phase, reason }), repaired: false })),
  ];
  const seen = [...seenNames(rows, facts), ...unreadable.flatMap(rowsBehind)];
  return notePage(db, check, { seen: new Set(seen), differences, next, objects: page.objects.length });
}

async function compare(db: Db, rows: readonly Row[]): Promise<Difference[]> {
  const actual = await actualRows(db, rows);
  return rows.flatMap((row) => compareRow(row, actual.get(nameOf(row))));
}

/** Records what is missing, by the same code as a webhook. Answers which of the differences are gone; what failed is still there. */
async function repair(
  db: Db,
  { facts, rows, found, given }: { facts: Fact[]; rows: Row[]; found: Difference[]; given: CheckTerms },
): Promise<Set<string>> {
  const wanting = new Set(found.map(({ object }) => object));
  const about = facts.filter((fact) =>
    expectedRows(fact, given.terms.identity.hashOf).some(({ key }) => wanting.has(key)),
  );
  for (const fact of about) {
    await recordFacts(db, { ...given.terms, silent: true, facts: [fact] }).catch(() => {});
    if (fact.kind === "recurring-gift-changed")
      await takeRecurringState(db, fact.state, { ...given.terms, silent: true }).catch(() => {});
  }
  const left = new Set((await compare(db, rows)).map(idOf));
  return new Set(found.map(idOf).filter((id) => !left.has(id)));
}

async function takeRecurringState(
  db: Db,
  state: Extract<Fact, { kind: "recurring-gift-changed" }>["state"],
  terms: RecordOptions,
): Promise<void> {
  const gift = await db.recurringGift.findUnique({ where: { subscriptionId: state.subscriptionId } });
  if (gift)
    await applyFetchedState(db, {
      id: gift.id,
      seen: await noteChange(db, { id: gift.id, now: terms.now }),
      state,
      terms,
    });
}

/** What is about our own payments: a refund or a dispute does not say whose it is, its payment does. */
async function ownOf(db: Db, check: BooksCheck, objects: readonly StripesObject[]) {
  const facts = objects.flatMap((object) => object.facts);
  const unreadable = objects.flatMap((object) => (object.unreadable ? [{ id: object.id, ...object.unreadable }] : []));
  const asked = [
    ...facts.flatMap((fact) => (isAbout(fact) ? [fact.paymentIntentId] : [])),
    ...unreadable.flatMap(({ isMarked, names }) => (isMarked ? [] : names)),
  ];
  const own = new Set([...(await knownIntents(db, check, [...new Set(asked)])), ...intentsOf(facts)]);
  return {
    facts: facts.filter((fact) => !isAbout(fact) || own.has(intentName(fact.paymentIntentId))),
    unreadable: unreadable.filter(({ isMarked, names }) => isMarked || names.some((name) => own.has(intentName(name)))),
  };
}

/** Of these, the payment intents that are in the books, or were met as ours by this check. */
async function knownIntents(db: Db, check: BooksCheck, ids: string[]): Promise<string[]> {
  const where = { paymentIntentId: { in: ids } };
  const inBooks = await db.payment.findMany({ where, select: { paymentIntentId: true } });
  const keys = ids.map(intentName);
  const seen = await db.booksSeen.findMany({ where: { checkId: check.id, key: { in: keys } }, select: { key: true } });
  return [
    ...inBooks.flatMap((row) => (row.paymentIntentId ? [intentName(row.paymentIntentId)] : [])),
    ...seen.map(({ key }) => key),
  ];
}

const ABOUT = ["payment-charged", "refund", "dispute", "balance-moved"] as const;

function isAbout(fact: Fact): fact is Extract<Fact, { kind: (typeof ABOUT)[number] }> {
  return ABOUT.some((kind) => kind === fact.kind);
}

/** Payment intents that these facts show to be ours. */
function intentsOf(facts: readonly Fact[]): string[] {
  return facts.flatMap((fact) =>
    fact.kind === "single-payment" || fact.kind === "payment-linked" ? [intentName(fact.paymentIntentId)] : [],
  );
}

function seenNames(rows: readonly Row[], facts: readonly Fact[]): Set<string> {
  return new Set([...rows.map(nameOf), ...intentsOf(facts)]);
}

async function finish(db: Db, check: BooksCheck, given: CheckTerms): Promise<BooksCheck> {
  const { timeZone } = given.terms;
  const strangers = await findStrangers(db, { checkId: check.id, until: untilOf(check, given) });
  const mend = given.mode === "repair";
  // The site goes on recording meanwhile: entries, sums and standings are all of one moment.
  const { totals, standings, mended } = await db.$snapshot(async (tx) => ({
    totals: await compareTotals(tx, timeZone),
    standings: await compareStandings(tx),
    mended: await findLastRepair(tx, check),
  }));
  const conclude = async (tx: Tx) => {
    // What another repair has added since must not be added twice: that is left to the next one.
    const mayMend = mend && (await findLastRepair(tx, check)) === mended;
    if (mayMend) await mendTotals(tx, totals.lacks);
    const worth = await compareRecurringTotals(tx, { mend });
    return [
      ...[...strangers, ...standings].map((difference) => ({ ...difference, repaired: false })),
      ...totals.differences.map((difference) => ({ ...difference, repaired: mayMend })),
      ...worth.map((difference) => ({ ...difference, repaired: mend })),
    ];
  };
  return noteEnd(db, check, { conclude, now: given.terms.now });
}

function untilOf({ startedAt }: BooksCheck, { graceMs }: CheckTerms): Date | null {
  return graceMs === 0 ? null : new Date(startedAt.getTime() - graceMs);
}

function idOf({ object, place }: Difference): string {
  return `${object} ${place}`;
}
