import { beforeEach, expect, it } from "vitest";
import { openEmptyLedger } from "../../prisma/empty-ledger";
import type { Db } from "../database";
import { findOpenSession, startSession } from "./sessions";
import { endSession, recordSessionUse } from "./store";

const now = new Date("2026-11-26T12:00:00Z");
const timeZone = "Europe/Moscow";
/** One minute after the end of 26 November in Moscow. */
const end = new Date("2026-11-26T21:01:00Z");
const secondsBeforeEnd = (seconds: number) => new Date(end.getTime() - seconds * 1000);
const anna = { idHash: "id", emailHash: "hash of anna" };
const minute = { timeZone, lastsSeconds: 60 };
let db: Db;

beforeEach(async () => {
  db = await openEmptyLedger();
  await startSession(db, { ...anna, day: "2026-11-26", now, ...minute });
});

it("a session is open until it expires, and only with its own id and e-mail address", async () => {
  expect(await findOpenSession(db, { ...anna, now: secondsBeforeEnd(1) })).toEqual({
    lastSeenOn: "2026-11-26",
    secondFactorAt: null,
  });
  expect(await findOpenSession(db, { ...anna, now: end })).toBeNull();
  expect(await findOpenSession(db, { ...anna, emailHash: "another", now })).toBeNull();
  expect(await findOpenSession(db, { ...anna, idHash: "another", now })).toBeNull();
});

it("ending a session does not end another session", async () => {
  await startSession(db, { ...anna, idHash: "second", day: "2026-11-26", now, ...minute });
  await endSession(db, "id");
  expect(await findOpenSession(db, { ...anna, now })).toBeNull();
  expect(await findOpenSession(db, { ...anna, idHash: "second", now })).not.toBeNull();
});

it("a session stores the days of sign-in and last use, and is deleted after it has expired", async () => {
  await recordSessionUse(db, { idHash: "id", day: "2026-11-27" });
  const days = { signedInOn: "2026-11-26", lastSeenOn: "2026-11-27" };
  expect(await db.session.findMany()).toEqual([{ ...anna, ...days, secondFactorAt: null, endsAt: end }]);
  await startSession(db, { ...anna, idHash: "next", day: "2026-11-27", now: end, ...minute });
  expect((await db.session.findMany()).map(({ idHash }) => idHash)).toEqual(["next"]);
});

it("a row does not show at what time of the day somebody signed in, and never ends a session early", async () => {
  await db.session.deleteMany();
  // In New York, the clocks change on the days after 2026-03-07 and 2026-10-31.
  for (const [day, newYork] of [
    ["2026-11-26", "-05:00"],
    ["2026-03-07", "-05:00"],
    ["2026-10-31", "-04:00"],
  ] as const) {
    const times = ["00:00:00", "12:34:56", "23:59:59"].map((time) => new Date(`${day}T${time}${newYork}`));
    for (const [n, signedInAt] of times.entries()) {
      const session = { ...anna, idHash: `${day} ${n}`, day, now: signedInAt, lastsSeconds: 86_400 };
      await startSession(db, { ...session, timeZone: "America/New_York" });
      const justBefore = new Date(signedInAt.getTime() + 86_399_999);
      expect(await findOpenSession(db, { ...session, now: justBefore })).not.toBeNull();
    }
    const rows = await db.session.findMany({ where: { signedInOn: day } });
    expect(new Set(rows.map(({ endsAt }) => endsAt.getTime())).size, day).toBe(1);
  }
});
