// Tests the mail about a refund that fails: the thanks that the refund held back are sent, or the supporter hears that the promised
// money came back.
import { beforeEach, expect, test } from "vitest";
import type { RefundReported } from "../../domain/ledger/fact";
import { recordFacts } from "../../domain/ledger/record";
import { fromCharge, fromSession, identity, refund, terms } from "../../domain/ledger/testing/books";
import { emptyLedger } from "../../prisma/empty-ledger";
import type { Db } from "../database";
import { settingsFor } from "../testing/stripes-books";
import { sendDueMail } from "./send-due";
import type { OutgoingMail } from "./transport";

const HOUR_MS = 60 * 60 * 1000;
let db: Db;
let now: Date;
let mails: OutgoingMail[];

beforeEach(async () => {
  Object.assign(process.env, settingsFor({ url: "http://127.0.0.1:9" }));
  db = await emptyLedger();
  now = terms.now;
  mails = [];
});

/** Records facts from Stripe, and sends the mail that is due an hour later. Returns the subjects of all mails sent so far. */
async function hear(...facts: Parameters<typeof recordFacts>[1]["facts"]): Promise<string[]> {
  await recordFacts(db, { ...terms, now, facts });
  return sendMail();
}

async function sendMail(): Promise<string[]> {
  now = new Date(now.getTime() + HOUR_MS);
  await sendDueMail(db, { now, identity, transport: { send: async (mail) => void mails.push(mail) } });
  return mails.map(({ subject }) => subject);
}

/** All of the gift is on its way back when its thanks are due. */
const givenAndReturned = (status: RefundReported["status"]) => [
  fromSession,
  fromCharge,
  refund("re_1", 1000, { status }),
];
const failed = () => refund("re_1", 1000, { status: "failed" });

test("thanks leave once, after all, when the refund of the whole gift fails days later", async () => {
  expect(await hear(...givenAndReturned("pending"))).toEqual([]);
  now = new Date(now.getTime() + 10 * 24 * HOUR_MS);
  expect(await hear(failed())).toEqual(["Thank you: your receipt from The Northern Herald"]);
  expect(await hear(failed())).toHaveLength(1);
  expect(mails[0]?.text.replaceAll(/\s+/g, " ")).toContain("$10");
});

test("somebody who was told of the refund hears once that it failed, and gets no thanks", async () => {
  const refunded = await hear(...givenAndReturned("succeeded"));
  expect(refunded).toHaveLength(1);
  now = new Date(now.getTime() + 40 * 24 * HOUR_MS);
  const news = [...refunded, "Your refund from The Northern Herald did not go through"];
  expect(await hear(failed())).toEqual(news);
  expect(await hear(failed())).toEqual(news);
});

test.each([
  ["while the mail about it waits", 0],
  ["and nobody was told of it", 40],
])("no mail tells of a refund that fails %s, and the thanks are sent", async (_, daysLater) => {
  await recordFacts(db, { ...terms, now, facts: givenAndReturned(daysLater ? "pending" : "succeeded") });
  now = new Date(now.getTime() + daysLater * 24 * HOUR_MS);
  await recordFacts(db, { ...terms, now, facts: [failed()] });
  const queued = await db.outboxMail.count({ where: { kind: "refund-failed" } });
  expect(queued, "queued only if a mail may be on its way").toBe(daysLater ? 0 : 1);
  expect(await sendMail()).toEqual(["Thank you: your receipt from The Northern Herald"]);
});

test("no mail tells of a failure that a repair of the ledger finds", async () => {
  const refunded = await hear(...givenAndReturned("succeeded"));
  await recordFacts(db, { ...terms, now, silent: true, facts: [failed()] });
  expect(await sendMail()).toEqual(refunded);
});

test("no mail tells of a failure that is reported after two months", async () => {
  const refunded = await hear(...givenAndReturned("succeeded"));
  now = new Date(now.getTime() + 61 * 24 * HOUR_MS);
  expect(await hear(failed())).toEqual(refunded);
});

test("thanks do not leave after a repair of the ledger", async () => {
  await hear(...givenAndReturned("pending"));
  await recordFacts(db, { ...terms, now, silent: true, facts: [failed()] });
  expect(await sendMail()).toEqual([]);
});
