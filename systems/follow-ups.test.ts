import { afterAll, beforeAll, expect, test } from "vitest";
import { recordEvent } from "../domain/ledger/record";
import { listDueFollowUps } from "../domain/ledger/store/follow-ups";
import { openEmptyLedger } from "../prisma/empty-ledger";
import type { Db } from "./database";
import { carryOutFollowUpAndRecordAnswer } from "./follow-ups";
import { buildRecordFactsOptions } from "./ledger-context";
import { translateEvent } from "./stripe/translate";
import { openStandIn, type StandIn } from "./testing/stand-in";
import { makeVariousGifts, testEnvironmentFor } from "./testing/stripes-books";

let fixture: StandIn;
let db: Db;
const soon = () => new Date(Date.now() + 1_000);

beforeAll(async () => {
  fixture = await openStandIn();
  Object.assign(process.env, testEnvironmentFor(fixture));
  await makeVariousGifts(fixture);
  db = await openEmptyLedger();
});
afterAll(async () => {
  await db.$disconnect();
  await fixture.close();
});

test("an answer from Stripe does not queue its own question again, so no question is left", async () => {
  for await (const event of fixture.stripe.events.list({ limit: 100 })) {
    const { id: eventId, type } = event;
    await recordEvent(db, { ...buildRecordFactsOptions(new Date()), eventId, type, facts: translateEvent(event) });
  }
  const followUps = await listDueFollowUps(db, { now: soon(), limit: 500 });
  expect(followUps.map(({ key }) => key.split(":")[0])).toEqual(
    expect.arrayContaining(["payment", "refund", "dispute"]),
  );
  for (const { key, after } of followUps)
    await carryOutFollowUpAndRecordAnswer(db, { key, after, askAgainAt: new Date(Date.now() + 86_400_000) });
  expect(await listDueFollowUps(db, { now: soon(), limit: 500 })).toEqual([]);
});
