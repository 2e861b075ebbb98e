// What is written to whom about a payment: thanks when the money is there, a word when a bank is asked, a word when it said no.
import { afterEach, beforeEach, expect, test } from "vitest";
import { emptyLedger } from "../../prisma/empty-ledger";
import type { Db } from "../../systems/database";
import type { Fact, PaymentStatus } from "./fact";
import { recordEvent, recordFacts } from "./record";
import { fromCharge, fromSession, identity, invoice, now, subscribed, terms } from "./testing/books";

const DAY_MS = 86_400_000;
const later = (days: number) => new Date(now.getTime() + days * DAY_MS);

let db: Db;
let events = 0;

beforeEach(async () => {
  db = await emptyLedger();
});
afterEach(() => db.$disconnect());

/** A new event each time, though it may tell what is known. */
function tell(fact: Fact, at = now) {
  events += 1;
  return recordEvent(db, { ...terms, eventId: `evt_${events}`, type: "test", facts: [fact], now: at });
}

const single = (status: PaymentStatus): Fact => ({ ...fromSession, status });
const recurring = (status: PaymentStatus, more: object = {}): Fact => ({ ...invoice, status, ...more });
const kinds = async () => (await db.outboxMail.findMany({ orderBy: { kind: "asc" } })).map(({ kind }) => kind);

for (const [name, debit] of [
  ["a single gift", single],
  ["a recurring gift", recurring],
] as const)
  test(`${name}: a bank debit is written of when it is begun and when it bounced, once each`, async () => {
    for (let time = 0; time < 3; time++) await tell(debit("pending"));
    expect(await kinds()).toEqual(["debit-begun"]);
    for (let time = 0; time < 3; time++) await tell(debit("failed"), later(9));
    await tell(debit("pending"), later(9));
    expect(await kinds()).toEqual(["debit-begun", "debit-bounced"]);
    const [mail] = await db.outboxMail.findMany({ where: { kind: "debit-bounced" } });
    expect(identity.open(mail?.toSealed ?? "")).toBe("reader@example.org");
    expect(JSON.parse(mail?.values ?? "")).toMatchObject({ amountMinor: 1000, currency: "USD" });
  });

test("a debit that came through is thanked for and never said to have bounced", async () => {
  await tell(single("pending"));
  await tell({ ...fromCharge, email: fromSession.email });
  await tell(single("failed"));
  await tell(single("pending"));
  expect(await kinds()).toEqual(["debit-begun", "thanks"]);
});

test("a card's payment is thanked for and nothing else", async () => {
  await tell(fromSession);
  expect(await kinds()).toEqual([]);
  await tell(fromCharge);
  expect(await kinds()).toEqual(["thanks"]);
});

test("where who gives is learnt later, the mail is queued then", async () => {
  await tell(recurring("pending", { email: null }));
  expect(await kinds()).toEqual([]);
  await tell(subscribed);
  expect(await kinds()).toEqual(["debit-begun"]);
});

test("of what is long ago nothing is written, nor where books are rebuilt", async () => {
  await tell(single("pending"), later(4));
  await tell(recurring("failed"), later(31));
  await recordFacts(db, { ...terms, silent: true, facts: [{ ...fromCharge, email: "reader@example.org" }] });
  expect(await kinds()).toEqual([]);
});
