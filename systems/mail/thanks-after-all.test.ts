// Tests the thanks for a gift that a refund was returning when they were due: they leave if that refund fails.
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

/** Records a report of Stripe's, and sends what is due an hour later. Returns the subjects of what has left. */
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

test("thanks are not sent if a mail has said that the money goes back", async () => {
  const refunded = await hear(...givenAndReturned("succeeded"));
  expect(refunded).toHaveLength(1);
  expect(await hear(failed())).toEqual(refunded);
});

test("thanks do not leave after a repair of the ledger", async () => {
  await hear(...givenAndReturned("pending"));
  await recordFacts(db, { ...terms, now, silent: true, facts: [failed()] });
  expect(await sendMail()).toEqual([]);
});
