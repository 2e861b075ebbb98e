import { oneTimeGiftParams, postControlAction, submitCheckoutForm } from "stripe-sandbox/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { getBooksCheckStatus } from "../domain/newsroom/books";
import { openEmptyLedger } from "../prisma/empty-ledger";
import { checkBooksIfDue } from "./books-daily";
import type { Db } from "./database";
import { makeTestGiftMetadata } from "./testing/own-metadata";
import { openStandIn, type StandIn } from "./testing/stand-in";
import { testEnvironmentFor } from "./testing/stripes-books";

const startedAt = new Date("2030-01-01T12:00:00Z");
const later = (minutes: number) => new Date(startedAt.getTime() + minutes * 60_000);
const DAY = 24 * 60;

let fixture: StandIn;
let db: Db;

beforeAll(async () => {
  fixture = await openStandIn();
  Object.assign(process.env, testEnvironmentFor(fixture), { BOOKS_CHECK_WAIT_MINUTES: "20" });
  db = await openEmptyLedger();
  const metadata = makeTestGiftMetadata();
  await submitCheckoutForm(
    await fixture.stripe.checkout.sessions.create({
      ...oneTimeGiftParams(2_000, "usd"),
      payment_intent_data: { metadata },
      metadata,
    }),
  );
});
afterAll(async () => {
  await db.$disconnect();
  await fixture.close();
});

const checks = () => db.booksCheck.findMany({ orderBy: { startedAt: "asc" } });

test("compares the books after the set minutes from a start and then once a day, and repairs nothing", async () => {
  await checkBooksIfDue(db, startedAt);
  await checkBooksIfDue(db, later(19));
  expect(await checks()).toEqual([]);
  await checkBooksIfDue(db, later(21));
  await checkBooksIfDue(db, later(22));
  const [first, ...more] = await checks();
  expect(more).toEqual([]);
  expect(first).toMatchObject({ mode: "check", startedAt: later(21) });
  // The end of the check is its start plus the time that the comparison took.
  expect(first?.finishedAt?.getTime()).toBeGreaterThan(later(21).getTime());
  expect(await db.booksDifference.count({ where: { checkId: first?.id, cause: "missing" } })).toBeGreaterThan(0);
  expect(await db.payment.count()).toBe(0);
});

test("does not throw if Stripe refuses, and continues the check 15 minutes later", async () => {
  await postControlAction(fixture.url, "call-faults", { does: "error", status: 403, times: 1 });
  await checkBooksIfDue(db, later(2 * DAY));
  const open = () => db.booksCheck.count({ where: { finishedAt: null } });
  expect(await open()).toBe(1);
  expect(await getBooksCheckStatus(db, later(2 * DAY))).toMatchObject({ isStale: true });
  await checkBooksIfDue(db, later(2 * DAY + 14));
  expect(await open()).toBe(1);
  await checkBooksIfDue(db, later(2 * DAY + 16));
  expect(await open()).toBe(0);
  expect(await getBooksCheckStatus(db, later(2 * DAY + 16))).toMatchObject({ isStale: false });
  expect(await checks()).toHaveLength(2);
});
