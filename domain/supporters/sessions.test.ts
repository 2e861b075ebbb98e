import { beforeEach, expect, it } from "vitest";
import { openEmptyLedger } from "../../prisma/empty-ledger";
import type { Db } from "../database";
import { findOpenSession, startSession } from "./sessions";
import { endSession, recordSessionUse } from "./store";

const now = new Date("2026-11-26T12:00:00Z");
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const anna = { idHash: "id", emailHash: "hash of anna" };
let db: Db;

beforeEach(async () => {
  db = await openEmptyLedger();
  await startSession(db, { ...anna, day: "2026-11-26", now, lastsSeconds: 60 });
});

it("a session is open until it expires, and only with its own id and e-mail address", async () => {
  expect(await findOpenSession(db, { ...anna, now: later(59) })).toEqual({
    lastSeenOn: "2026-11-26",
    secondFactorAt: null,
  });
  expect(await findOpenSession(db, { ...anna, now: later(60) })).toBeNull();
  expect(await findOpenSession(db, { ...anna, emailHash: "another", now })).toBeNull();
  expect(await findOpenSession(db, { ...anna, idHash: "another", now })).toBeNull();
});

it("ending a session does not end another session", async () => {
  await startSession(db, { ...anna, idHash: "second", day: "2026-11-26", now, lastsSeconds: 60 });
  await endSession(db, "id");
  expect(await findOpenSession(db, { ...anna, now })).toBeNull();
  expect(await findOpenSession(db, { ...anna, idHash: "second", now })).not.toBeNull();
});

it("a session stores the days of sign-in and last use, and is deleted after it has expired", async () => {
  await recordSessionUse(db, { idHash: "id", day: "2026-11-27" });
  const endsAt = later(60);
  const days = { signedInOn: "2026-11-26", lastSeenOn: "2026-11-27" };
  expect(await db.session.findMany()).toEqual([{ ...anna, ...days, secondFactorAt: null, endsAt }]);
  await startSession(db, { ...anna, idHash: "next", day: "2026-11-27", now: later(60), lastsSeconds: 60 });
  expect((await db.session.findMany()).map(({ idHash }) => idHash)).toEqual(["next"]);
});
