import fc from "fast-check";
import { expect, test } from "vitest";
import type { RecurringNote } from "../../generated/sqlite/client";
import { propertyTestOptions } from "../../tools/test/scope.mjs";
import { deriveRecurringMovements, type RecurringGiftHistory } from "./gift-history";

const day = (n: number) => new Date(Date.UTC(2026, 0, 1 + n, 12));
const gift: RecurringGiftHistory["gift"] = {
  ...{ subscriptionId: "sub_1", status: "active", amountMinor: 500n, currency: "EUR", frequency: "monthly" },
  ...{ startedAt: day(0), endedAt: null, supporterKind: null },
};
const note = (kind: string, at: number, more: Partial<RecurringNote> = {}): RecurringNote => ({
  ...{ key: `${kind}:${at}`, subscriptionId: "sub_1", kind, amountMinor: null, beforeMinor: null, currency: null },
  ...{
    frequency: null,
    beforeFrequency: null,
    until: null,
    by: null,
    reason: null,
    notedAt: day(at),
    recordedAt: day(at),
  },
  ...more,
});
const repriced = (at: number, beforeMinor: bigint, beforeFrequency = "monthly") =>
  note("repriced", at, { beforeMinor, beforeFrequency });
const movementsOf = (
  notes: RecurringNote[],
  changes: Partial<RecurringGiftHistory["gift"]> = {},
  lastPaidAt: Date | null = null,
) =>
  deriveRecurringMovements({ gift: { ...gift, ...changes }, notes, lastPaidAt }).movements.map(
    ({ kind, movedAt, yearMinor }) =>
      `${Math.round((movedAt.getTime() - day(0).getTime()) / 86_400_000)} ${kind} ${yearMinor}`,
  );

test("a gift has no movements before its first payment, or if that payment never arrives", () => {
  expect(movementsOf([note("started", 0)], { status: "starting" })).toEqual([]);
  expect(movementsOf([], { status: "canceled", endedAt: day(1) })).toEqual([]);
  expect(movementsOf([note("started", 0)], { status: "canceled", endedAt: day(1) })).toEqual([
    "0 new 6000",
    "1 lost -6000",
  ]);
});

test("a yearly gift is worth its amount per year, a monthly gift twelve times its amount, and a change of the amount is a movement of the difference", () => {
  const notes = [repriced(10, 100n), repriced(20, 300n)];
  expect(movementsOf(notes, { frequency: "yearly", amountMinor: 2000n })).toEqual([
    ...["0 new 1200", "10 grown 2400", "20 shrunk -1600"],
  ]);
});

test("a paused gift has no value, changes its amount without a movement, and resumes with its new value", () => {
  const paused = [note("paused", 5), repriced(6, 400n), note("resumed", 9)];
  expect(movementsOf(paused)).toEqual(["0 new 4800", "5 paused -4800", "9 resumed 6000"]);
  const ended = { status: "canceled", endedAt: day(7) };
  expect(movementsOf([note("started", 0), note("paused", 5)], ended)).toEqual([
    "0 new 6000",
    "5 paused -6000",
    "7 lost 0",
  ]);
});

test("an overdue gift is lost after thirty days, even on a future day, or when Stripe gives up, and is recovered when it is paid", () => {
  const overdue = { status: "past_due" };
  expect(movementsOf([note("overdue", 31)], overdue)).toEqual(["0 new 6000", "31 overdue 0", "61 lost -6000"]);
  expect(movementsOf([note("overdue", 31), note("caught-up", 40)])).toEqual([
    "0 new 6000",
    "31 overdue 0",
    "40 caught-up 0",
  ]);
  expect(movementsOf([note("overdue", 31), note("caught-up", 70)])).toEqual([
    ...["0 new 6000", "31 overdue 0", "61 lost -6000", "70 recovered 6000"],
  ]);
  expect(movementsOf([note("overdue", 31), note("given-up", 45)], { status: "unpaid" })).toEqual([
    ...["0 new 6000", "31 overdue 0", "45 lost -6000"],
  ]);
  const end = { status: "canceled", endedAt: day(90) };
  expect(movementsOf([note("started", 0), note("overdue", 31)], end)).toEqual([
    ...["0 new 6000", "31 overdue 0", "61 lost -6000"],
  ]);
});

test("overdueSince is the first missed charge, also for a lost gift, and null for a paused or ended gift", () => {
  const since = (
    notes: RecurringNote[],
    changes: Partial<RecurringGiftHistory["gift"]>,
    lastPaidAt: Date | null = null,
  ) => deriveRecurringMovements({ gift: { ...gift, ...changes }, notes, lastPaidAt }).overdueSince;
  const [pastDue, unpaid] = [{ status: "past_due" }, { status: "unpaid" }];
  expect(since([note("overdue", 31), note("repriced", 90, { beforeMinor: 100n })], pastDue)).toEqual(day(31));
  expect(since([note("overdue", 31), note("given-up", 45)], unpaid)).toEqual(day(31));
  expect(since([note("given-up", 45)], unpaid)).toEqual(day(45));
  expect(since([note("overdue", 31), note("caught-up", 40), note("overdue", 62)], pastDue)).toEqual(day(62));
  expect(since([], pastDue, day(31))).toEqual(day(59));
  expect(since([note("overdue", 31)], { status: "active" })).toBeNull();
  expect(since([note("overdue", 31), note("paused", 33)], { status: "paused" })).toBeNull();
  expect(since([note("overdue", 31)], { status: "canceled", endedAt: day(50) })).toBeNull();
  const resumed = [note("overdue", 31), note("paused", 33), note("resumed", 70)];
  expect(since([...resumed, note("overdue", 80)], pastDue)).toEqual(day(80));
});

test("without recorded changes, a pause begins at the last payment, and a debt when the next payment was due", () => {
  expect(movementsOf([], { status: "paused" }, day(31))).toEqual(["0 new 6000", "31 paused -6000"]);
  expect(movementsOf([], { status: "past_due" }, day(31))).toEqual(["0 new 6000", "59 overdue 0", "89 lost -6000"]);
  expect(movementsOf([], { status: "unpaid" }, day(31))).toEqual(["0 new 6000", "59 lost -6000"]);
});

test("a pause or a debt ends if Stripe's latest status no longer shows it", () => {
  expect(movementsOf([note("paused", 5)])).toEqual(["0 new 6000", "5 paused -6000", "5 resumed 6000"]);
  expect(movementsOf([note("overdue", 5)])).toEqual(["0 new 6000", "5 overdue 0", "5 caught-up 0"]);
});

test("a returning supporter's gift begins with the movement “returned”", () => {
  expect(movementsOf([], { supporterKind: "returning" })).toEqual(["0 returned 6000"]);
});

test("a gift with a damaged frequency has no value, and its movements can still be derived", () => {
  expect(movementsOf([], { frequency: "monthlyx", status: "past_due" }, day(3))).toEqual([
    "0 new 0",
    "3 overdue 0",
    "33 lost 0",
  ]);
});

const KINDS = ["paused", "resumed", "overdue", "caught-up", "given-up", "repriced", "ended", "amount"];
const notes = fc.array(
  fc.record({
    kind: fc.constantFrom(...KINDS),
    at: fc.integer({ min: 0, max: 120 }),
    beforeMinor: fc.bigInt(1n, 900n),
  }),
);

test("the movements do not depend on the order of the recorded changes, and add up to the row's value", () => {
  const statuses = fc.constantFrom("active", "paused", "past_due", "unpaid", "canceled");
  fc.assert(
    fc.property(notes, statuses, fc.infiniteStream(fc.nat()), (generated, status, dice) => {
      const own = [note("started", 0)].concat(
        generated.map(({ kind, at, beforeMinor }, n) =>
          note(kind, at, { key: `${n}`, beforeMinor, beforeFrequency: "monthly" }),
        ),
      );
      const changes = { status, endedAt: status === "canceled" ? day(60) : null };
      const derive = (list: RecurringNote[]) =>
        deriveRecurringMovements({ gift: { ...gift, ...changes }, notes: list, lastPaidAt: day(20) });
      const { movements, overdueSince } = derive(own);
      const shuffled = own.map((each) => ({ each, at: dice.next().value })).sort((a, b) => a.at - b.at);
      expect(derive(shuffled.map(({ each }) => each))).toEqual({ movements, overdueSince });
      expect(overdueSince !== null).toBe(status === "past_due" || status === "unpaid");
      const sum = movements.reduce((all, { yearMinor }) => all + yearMinor, 0n);
      expect(sum).toBe(status === "active" ? 6000n : 0n);
      for (const [n, { movedAt }] of movements.entries())
        expect(n === 0 || movedAt >= (movements[n - 1]?.movedAt ?? movedAt)).toBe(true);
    }),
    propertyTestOptions({ usual: 150, all: 5_000 }),
  );
});
