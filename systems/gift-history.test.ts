import { monthlyGiftParams, submitCheckoutForm } from "stripe-sandbox/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listBooksDifferences } from "../domain/ledger/check/store/progress";
import { openEmptyLedger } from "../prisma/empty-ledger";
import { checkBooks } from "./books-check";
import type { Db } from "./database";
import { cancelAtStripe, changeAmountAtStripe, undoCancelAtStripe } from "./stripe/subscription";
import { makeTestGiftMetadata } from "./testing/own-metadata";
import { recordEventsInOrder } from "./testing/record-events";
import { openStandIn, type StandIn } from "./testing/stand-in";
import { testEnvironmentFor } from "./testing/stripes-books";

const metadata = makeTestGiftMetadata();

let fixture: StandIn;
let fromEvents: Db;
let rebuilt: Db;
const ids: Record<string, string> = {};

beforeAll(async () => {
  fixture = await openStandIn();
  Object.assign(process.env, testEnvironmentFor(fixture));
  const { stripe } = fixture;
  await createGift("cancelled", (subscriptionId) => cancelAtStripe(stripe, { subscriptionId, key: "k1" }));
  await createGift("ended", (id) => stripe.subscriptions.cancel(id));
  await createGift("undone", async (subscriptionId) => {
    await cancelAtStripe(stripe, { subscriptionId, key: "k2" });
    await undoCancelAtStripe(stripe, { subscriptionId, key: "k3" });
  });
  await createGift("paused", (id) => stripe.subscriptions.update(id, { pause_collection: { behavior: "void" } }));
  await createGift("doubled", double);
  [fromEvents, rebuilt] = await Promise.all([openEmptyLedger(), openEmptyLedger()]);
  await recordEventsInOrder(fromEvents, (await stripe.events.list({ limit: 100 })).data);
  await checkBooks(rebuilt, { mode: "repair", graceMs: 0 });
});
afterAll(async () => {
  await Promise.all([fromEvents.$disconnect(), rebuilt.$disconnect()]);
  await fixture.close();
});

async function createGift(name: string, then: (subscriptionId: string) => Promise<unknown>): Promise<void> {
  const params = { ...monthlyGiftParams(), subscription_data: { metadata }, metadata };
  const session = await fixture.stripe.checkout.sessions.create(params);
  await submitCheckoutForm(session);
  const id = String((await fixture.stripe.checkout.sessions.retrieve(session.id)).subscription);
  ids[name] = id;
  await then(id);
}

async function double(subscriptionId: string): Promise<void> {
  const money = { amountMinor: 2_000, currency: "USD" as const };
  await changeAmountAtStripe(fixture.stripe, { subscriptionId, money, coveredFeeMinor: 0, key: "k4" });
}

async function storyOf(db: Db, name: string): Promise<string[]> {
  const notes = await db.recurringNote.findMany({ where: { subscriptionId: ids[name] ?? "" } });
  return notes.map(({ kind, amountMinor, reason }) => [kind, amountMinor, reason].filter(Boolean).join(" ")).sort();
}

test.each([
  ["cancelled", ["amount 1000", "cancelled cancellation_requested", "started"], []],
  ["ended", ["amount 1000", "ended cancellation_requested", "started"], []],
  ["undone", ["amount 1000", "started"], ["cancelled cancellation_requested", "undone"]],
  ["paused", ["amount 1000", "started"], ["paused"]],
  ["doubled", ["amount 2000", "started"], ["amount 1000", "repriced 2000"]],
])(
  "a rebuild restores the history of a gift that was %s, except for what only events report",
  async (name, known, lost) => {
    expect(await storyOf(fromEvents, name)).toEqual([...known, ...lost].sort());
    expect(await storyOf(rebuilt, name)).toEqual(known);
  },
);

test("a rebuild restores a card's expiry date", async () => {
  const gifts = await rebuilt.recurringGift.findMany();
  expect(gifts).toHaveLength(5);
  for (const { cardExpiresAt } of gifts) expect(cardExpiresAt).toEqual(new Date("2034-12-31T00:00:00Z"));
});

test("the comparison with Stripe reports a missing change of a gift only if Stripe's objects still show it", async () => {
  const notes = async () => {
    const { id } = await checkBooks(rebuilt, { mode: "check", graceMs: 0 });
    return (await listBooksDifferences(rebuilt, id)).map(({ object, place, cause }) => [object, place, cause]);
  };
  expect(await notes()).toEqual([]);
  const ended = { subscriptionId: ids.ended ?? "", kind: "ended" };
  const [note] = await rebuilt.recurringNote.findMany({ where: ended });
  await rebuilt.recurringNote.deleteMany({ where: ended });
  expect(await notes()).toEqual([[note?.key, "recurring-note", "missing"]]);
});
