import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { listBooksDifferences } from "../domain/ledger/check/store/progress";
import { openEmptyLedger } from "../prisma/empty-ledger";
import { checkBooks } from "./books-check";
import type { Db } from "./database";
import { withReplacedDbMethods } from "./replaced-methods";
import { openStandIn, type StandIn } from "./testing/stand-in";
import { makeVariousGifts, testEnvironmentFor } from "./testing/stripes-books";

let fixture: StandIn;
let db: Db;

beforeAll(async () => {
  fixture = await openStandIn({ payouts: "daily" });
  Object.assign(process.env, testEnvironmentFor(fixture));
  await makeVariousGifts(fixture);
  db = await openEmptyLedger();
});
afterAll(async () => {
  await db.$disconnect();
  await fixture.close();
});

async function differences(mode: "check" | "repair" = "check") {
  const { id } = await checkBooks(db, { mode, graceMs: 0 });
  return listBooksDifferences(db, id);
}

test("an empty ledger lacks everything, is rebuilt from Stripe's objects alone, and then equals them", async () => {
  const before = await differences();
  expect(new Set(before.map(({ cause }) => cause))).toEqual(new Set(["missing"]));
  expect((await differences("repair")).filter(({ repaired }) => !repaired)).toEqual([]);
  expect(await differences()).toEqual([]);
  expect(await db.payment.count()).toBe(6);
  expect(await db.refund.count()).toBe(3);
  expect(await db.dispute.count()).toBe(1);
  expect(await db.supporter.count()).toBe(1);
});

test("a rebuild sends no thanks for old gifts and leaves no question to Stripe open", async () => {
  expect(await db.outboxMail.count()).toBe(0);
  expect(await db.followUp.count()).toBe(0);
});

test("wrong totals of recurring gifts are reported, and a repair recalculates them from the gifts", async () => {
  const [totals] = await db.recurringTotal.findMany();
  expect(totals).toMatchObject({ gifts: 1, status: "active" });
  await db.recurringTotal.updateMany({ data: { gifts: 7 } });
  await db.recurringTotal.create({ data: { currency: "XTS", frequency: "yearly", status: "active", gifts: 1 } });
  const object = `${totals?.currency}|monthly|active`;
  const sums = [
    { object, place: "recurring-total.gifts", cause: "sum-differs", ours: "7", theirs: "1" },
    { object: "XTS|yearly|active", place: "recurring-total.gifts", cause: "sum-differs", ours: "1", theirs: "0" },
  ].map((sum) => expect.objectContaining(sum));
  expect(await differences()).toEqual(sums);
  expect((await differences("repair")).map(({ repaired }) => repaired)).toEqual([true, true]);
  expect(await differences()).toEqual([]);
  expect(await db.recurringTotal.findMany()).toEqual([totals]);
});

test("a recurring gift changed by hand is repaired, with its totals", async () => {
  const totals = await db.recurringTotal.findMany();
  await db.recurringGift.updateMany({ data: { amountMinor: 1n, status: "past_due" } });
  expect((await differences("repair")).filter(({ repaired }) => !repaired)).toEqual([]);
  expect(await differences()).toEqual([]);
  expect(await db.recurringTotal.findMany()).toEqual(totals);
});

test("a change that is not fetched yet counts as a difference only once it has waited longer than the grace period, or failed", async () => {
  const now = new Date();
  const graceMs = 10 * 60_000;
  const gift = await db.recurringGift.findFirstOrThrow();
  const notes = await db.recurringNote.findMany();
  await db.recurringNote.deleteMany();
  const check = async (data: { fetchAfter: Date | null; fetchAttempts: number }) => {
    await db.recurringGift.updateMany({ data });
    const { id } = await checkBooks(db, { mode: "check", graceMs, now: new Date(now.getTime() + graceMs) });
    return (await listBooksDifferences(db, id)).filter(({ place }) => place === "recurring-note");
  };
  const justNow = new Date(now.getTime() + 1_000);
  expect(await check({ fetchAfter: justNow, fetchAttempts: 0 })).toEqual([]);
  expect(await check({ fetchAfter: justNow, fetchAttempts: 1 })).toHaveLength(notes.length);
  expect(await check({ fetchAfter: new Date(now.getTime() - 1_000), fetchAttempts: 0 })).toHaveLength(notes.length);
  expect(await check({ fetchAfter: null, fetchAttempts: 0 })).toHaveLength(notes.length);
  const { fetchAfter, fetchAttempts } = gift;
  await db.recurringGift.updateMany({ data: { fetchAfter, fetchAttempts } });
  await db.recurringNote.createMany({ data: notes });
  expect(await differences()).toEqual([]);
});

test("a difference is not reported if the site records Stripe's change before the check ends", async () => {
  const gift = await db.recurringGift.findFirstOrThrow();
  const [note] = await db.recurringNote.findMany();
  const [refund] = await db.refund.findMany();
  if (!note || !refund) throw new Error("the books have no note or no refund");
  const { nextPaymentAt } = gift;
  const inGift = (data: { nextPaymentAt: Date | null }) => db.recurringGift.update({ where: { id: gift.id }, data });
  await inGift({ nextPaymentAt: new Date(0) });
  await db.recurringNote.delete({ where: { key: note.key } });
  await db.refund.update({ where: { id: refund.id }, data: { reason: "mistaken" } });
  let isRecorded = false;
  const recordLate = async () => {
    await inGift({ nextPaymentAt });
    await db.recurringNote.create({ data: note });
    isRecorded = true;
  };
  const recorded: Promise<void>[] = [];
  const onPage = ({ phase }: { phase: string }) => {
    if (phase === "sessions") recorded.push(recordLate());
  };
  const { id } = await checkBooks(db, { mode: "check", graceMs: 0, onPage });
  expect(isRecorded).toBe(true);
  await Promise.all(recorded);
  expect((await listBooksDifferences(db, id)).map(({ object, place }) => `${object} ${place}`)).toEqual([
    `${refund.id} refund.reason`,
  ]);
  await db.refund.update({ where: { id: refund.id }, data: { reason: refund.reason } });
  expect(await differences()).toEqual([]);
});

test("an interrupted check continues where it stopped", async () => {
  const phases: string[] = [];
  const stopped = new Error("power cut");
  const stop = ({ phase }: { phase: string }) => {
    phases.push(phase);
    if (phases.length === 3) throw stopped;
  };
  await expect(checkBooks(db, { mode: "check", graceMs: 0, onPage: stop })).rejects.toBe(stopped);
  await checkBooks(db, { mode: "check", graceMs: 0, onPage: ({ phase }) => phases.push(phase) });
  const rest = ["refunds", "disputes", "payouts", "payout-entries", "own-books"];
  expect(phases).toEqual(["sessions", "invoices", "charges", ...rest]);
});

test("a check of equal books remembers only the rows that it looks for at its end, and forgets them a thousand at a time", async () => {
  const stopped = new Error("power cut");
  const stop = ({ phase }: { phase: string }) => {
    if (phase === "own-books") throw stopped;
  };
  await expect(checkBooks(db, { mode: "check", graceMs: 0, onPage: stop })).rejects.toBe(stopped);
  const { id: checkId } = await db.booksCheck.findFirstOrThrow({ where: { finishedAt: null } });
  const seen = await db.booksSeen.findMany({ where: { checkId } });
  const places = new Set(seen.map(({ key }) => key.split(" ")[0]));
  for (const place of ["intent", "recurring-note", "attempt"]) expect(places).not.toContain(place);
  expect(places).toContain("payment");
  const others = Array.from({ length: 2_500 }, (_, index) => ({ checkId, key: `payment pi_other_${index}` }));
  await db.booksSeen.createMany({ data: others });
  const deleted: number[] = [];
  const counting = withReplacedDbMethods(db, {
    $executeRaw: async (query: TemplateStringsArray, ...values: unknown[]) => {
      const count = await db.$executeRaw(query, ...values);
      if (query.join("").includes("DELETE")) deleted.push(count);
      return count;
    },
  });
  await checkBooks(counting, { mode: "check", graceMs: 0 });
  expect(deleted).toEqual([1_000, 1_000, 500 + seen.length]);
  expect(await db.booksSeen.count({ where: { checkId } })).toBe(0);
});

test("two processes that continue one check report each difference once and count each object once", async () => {
  const empty = await openEmptyLedger();
  const alone = await checkBooks(empty, { mode: "check", graceMs: 0 });
  const stopped = new Error("the lease was lost");
  const stop = () => {
    throw stopped;
  };
  await expect(checkBooks(empty, { mode: "check", graceMs: 0, onPage: stop })).rejects.toBe(stopped);
  const both = await Promise.all([1, 2].map(() => checkBooks(empty, { mode: "check", graceMs: 0 })));
  expect(both).toEqual([both[0], both[0]]);
  expect(both[0]).toMatchObject({ compared: alone.compared, finishedAt: expect.any(Date) });
  const named = async (id: string) =>
    (await listBooksDifferences(empty, id)).map(({ object, place, cause }) => `${object} ${place} ${cause}`).sort();
  expect(await named(both[0]?.id ?? "")).toEqual(await named(alone.id));
  expect(new Set(await named(alone.id)).size).toBe((await named(alone.id)).length);
  await empty.$disconnect();
});

test("two concurrent repairs correct the totals once, whether they share a check or not", async () => {
  const damage = () => db.total.updateMany({ data: { payments: { increment: 7 }, grossMinor: { increment: 700n } } });
  const repair = () => checkBooks(db, { mode: "repair", graceMs: 0 });
  await damage();
  await Promise.all([repair(), repair()]);
  expect(await differences()).toEqual([]);
  await damage();
  const snapshots: (() => void)[] = [];
  // Makes each repair wait after its snapshot until the other one has a snapshot, too. So both see the damage before
  // either corrects it.
  const meeting = withReplacedDbMethods(db, {
    $snapshot: async (read: Parameters<Db["$snapshot"]>[0]) => {
      const seen = await db.$snapshot(read);
      await new Promise<void>((go) => {
        snapshots.push(go);
        if (snapshots.length === 2) for (const each of snapshots) each();
      });
      return seen;
    },
  });
  const started = { mode: "repair", phase: "own-books", startedAt: new Date() };
  await db.booksCheck.create({ data: { id: "one", ...started } });
  const first = checkBooks(meeting, { mode: "repair", graceMs: 0 });
  await vi.waitFor(() => expect(snapshots).toHaveLength(1));
  await db.booksCheck.create({ data: { id: "two", ...started, startedAt: new Date(Date.now() + 1_000) } });
  const [one, two] = await Promise.all([first, checkBooks(meeting, { mode: "repair", graceMs: 0 })]);
  expect([one.id, two.id]).toEqual(["one", "two"]);
  expect(await differences()).toEqual([]);
  const sums = await db.booksDifference.findMany({
    where: { checkId: { in: ["one", "two"] }, place: { startsWith: "total." } },
  });
  const repairedBy = (id: string) =>
    new Set(sums.filter(({ checkId }) => checkId === id).map(({ repaired }) => repaired));
  expect([repairedBy("one"), repairedBy("two")]).toContainEqual(new Set([true]));
  expect([repairedBy("one"), repairedBy("two")]).toContainEqual(new Set([false]));
});

test("a finished check deletes checks that began over ninety days ago, finished or not, with their differences", async () => {
  const addCheck = async (id: string, daysAgo: number, finishedAt: Date | null = now) => {
    const startedAt = new Date(now.getTime() - daysAgo * 86_400_000);
    await db.booksCheck.create({ data: { id, mode: "repair", phase: "charges", startedAt, finishedAt } });
    await db.booksDifference.create({ data: { checkId: id, object: "ch_1", place: "payment", cause: "missing" } });
    await db.booksSeen.create({ data: { checkId: id, key: "payment ch_1" } });
  };
  const now = new Date();
  await addCheck("long ago", 91);
  await addCheck("never ended", 92, null);
  await addCheck("a while ago", 89);
  const { id } = await checkBooks(db, { mode: "check", graceMs: 0, now });
  const noted = (checkId: string) =>
    Promise.all([
      db.booksCheck.count({ where: { id: checkId } }),
      db.booksDifference.count({ where: { checkId } }),
      db.booksSeen.count({ where: { checkId } }),
    ]);
  expect(await noted("long ago")).toEqual([0, 0, 0]);
  expect(await noted("never ended")).toEqual([0, 0, 0]);
  expect(await noted("a while ago")).toEqual([1, 1, 0]);
  expect(await db.booksCheck.count({ where: { id } })).toBe(1);
});
