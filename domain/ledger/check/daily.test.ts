import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openEmptyLedger } from "../../../prisma/empty-ledger";
import type { Db } from "../../../systems/database";
import { isDailyCheckDue } from "./daily";

const timeZone = "Europe/Moscow";
let db: Db;

beforeAll(async () => {
  db = await openEmptyLedger();
});
afterAll(() => db.$disconnect());
beforeEach(() => db.booksCheck.deleteMany());

const isDue = (now: string) => isDailyCheckDue(db, { now: new Date(now), timeZone });
const addCheck = (startedAt: string, { mode = "check", finished = true } = {}) =>
  db.booksCheck.create({
    data: {
      id: startedAt,
      mode,
      phase: "charges",
      startedAt: new Date(startedAt),
      finishedAt: finished ? startedAt : null,
    },
  });

test("the comparison with Stripe is due once a day, from 04:00 in the newsroom's time zone", async () => {
  expect(await isDue("2026-11-24T12:00:00Z")).toBe(true);
  await addCheck("2026-11-24T01:10:00.000Z");
  expect(await isDue("2026-11-24T23:00:00Z")).toBe(false);
  expect(await isDue("2026-11-25T00:59:00Z")).toBe(false);
  expect(await isDue("2026-11-25T01:01:00Z")).toBe(true);
});

test("an interrupted check is due, and a repair does not replace the daily check", async () => {
  await addCheck("2026-11-24T10:00:00.000Z", { mode: "repair" });
  expect(await isDue("2026-11-24T12:00:00Z")).toBe(true);
  await addCheck("2026-11-24T11:00:00.000Z", { finished: false });
  expect(await isDue("2026-11-24T12:00:00Z")).toBe(true);
});
