// The books against the stand-in's own, over the wire: rebuilt from nothing, and every kind of damage named.
import { afterAll, beforeAll, expect, test } from "vitest";
import { listDifferences } from "../domain/ledger/check/run";
import { freshLedger } from "../prisma/fresh-ledger";
import { type Bench, openBench } from "../stripe-sandbox/testing/bench";
import { checkBooks } from "./books-check";
import { type Db, openDatabase } from "./database";
import { liveThrough, settingsFor } from "./testing/stripes-books";

let bench: Bench;
let db: Db;

beforeAll(async () => {
  bench = await openBench();
  Object.assign(process.env, settingsFor(bench));
  await liveThrough(bench);
  db = await openDatabase(await freshLedger());
});
afterAll(async () => {
  await db.$disconnect();
  await bench.close();
});

async function differences(mode: "check" | "repair" = "check") {
  const { id } = await checkBooks(db, { mode, graceMs: 0 });
  return listDifferences(db, id);
}

test("an empty ledger lacks everything, is rebuilt from Stripe's objects alone, and is then equal", async () => {
  const before = await differences();
  expect(new Set(before.map(({ cause }) => cause))).toEqual(new Set(["missing"]));
  expect((await differences("repair")).filter(({ repaired }) => !repaired)).toEqual([]);
  expect(await differences()).toEqual([]);
  expect(await db.payment.count()).toBe(6);
  expect(await db.refund.count()).toBe(3);
  expect(await db.dispute.count()).toBe(1);
  expect(await db.supporter.count()).toBe(1);
});

test("books that were rebuilt thank nobody for gifts of long ago, and ask Stripe nothing", async () => {
  expect(await db.outboxMail.count()).toBe(0);
  expect(await db.followUp.count()).toBe(0);
});

test("sums of recurring gifts that are off are named, and a repair puts the gifts' own in their place", async () => {
  const [kept] = await db.recurringTotal.findMany();
  expect(kept).toMatchObject({ gifts: 1, status: "active" });
  await db.recurringTotal.updateMany({ data: { gifts: 7 } });
  await db.recurringTotal.create({ data: { currency: "XTS", frequency: "yearly", status: "active", gifts: 1 } });
  const object = `${kept?.currency}|monthly|active`;
  const sums = [
    { object, place: "recurring-total.gifts", cause: "sum-differs", ours: "7", theirs: "1" },
    { object: "XTS|yearly|active", place: "recurring-total.gifts", cause: "sum-differs", ours: "1", theirs: "0" },
  ].map((sum) => expect.objectContaining(sum));
  expect(await differences()).toEqual(sums);
  expect((await differences("repair")).map(({ repaired }) => repaired)).toEqual([true, true]);
  expect(await differences()).toEqual([]);
  expect(await db.recurringTotal.findMany()).toEqual([kept]);
});

test("a gift that was bent by hand is mended with what it is worth", async () => {
  const kept = await db.recurringTotal.findMany();
  await db.recurringGift.updateMany({ data: { amountMinor: 1n, status: "past_due" } });
  expect((await differences("repair")).filter(({ repaired }) => !repaired)).toEqual([]);
  expect(await differences()).toEqual([]);
  expect(await db.recurringTotal.findMany()).toEqual(kept);
});

test("a check that is broken off goes on where it was", async () => {
  const phases: string[] = [];
  const stopped = new Error("power cut");
  const stop = ({ phase }: { phase: string }) => {
    phases.push(phase);
    if (phases.length === 3) throw stopped;
  };
  await expect(checkBooks(db, { mode: "check", graceMs: 0, onPage: stop })).rejects.toBe(stopped);
  await checkBooks(db, { mode: "check", graceMs: 0, onPage: ({ phase }) => phases.push(phase) });
  const rest = ["refunds", "disputes", "payouts", "own-books"];
  expect(phases).toEqual(["sessions", "invoices", "charges", ...rest]);
});
