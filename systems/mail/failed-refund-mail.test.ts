// Tests a refund that fails after it was reported. If the refund has prevented the thank-you e-mail, this e-mail is
// sent after the refund fails. If the supporter was told about the refund, they are told that it failed.
import { beforeEach, expect, test } from "vitest";
import type { RefundReported } from "../../domain/ledger/fact";
import { recordFacts } from "../../domain/ledger/record";
import {
  samplePaymentFactFromCharge,
  samplePaymentFactFromCheckout,
  sampleRefundReported,
  testIdentityCrypto,
  testOptionsForRecordingEvents,
} from "../../domain/ledger/testing/books";
import { openEmptyLedger } from "../../prisma/empty-ledger";
import type { Db } from "../database";
import { testEnvironmentFor } from "../testing/stripes-books";
import { sendDueMail } from "./send-due";
import type { OutgoingMail } from "./transport";

const HOUR_MS = 60 * 60 * 1000;
let db: Db;
let now: Date;
let mails: OutgoingMail[];

beforeEach(async () => {
  Object.assign(process.env, testEnvironmentFor({ url: "http://127.0.0.1:9" }));
  db = await openEmptyLedger();
  now = testOptionsForRecordingEvents.now;
  mails = [];
});

/**
 * Records the facts, advances the time by one hour, and sends the e-mails that are then due. Returns the subjects of
 * all e-mails sent so far.
 */
async function recordAndSend(...facts: Parameters<typeof recordFacts>[1]["facts"]): Promise<string[]> {
  await recordFacts(db, { ...testOptionsForRecordingEvents, now, facts });
  return sendMail();
}

async function sendMail(): Promise<string[]> {
  now = new Date(now.getTime() + HOUR_MS);
  await sendDueMail(db, {
    now,
    identity: testIdentityCrypto,
    transport: { send: async (mail) => void mails.push(mail) },
  });
  return mails.map(({ subject }) => subject);
}

/** The facts of a gift that is refunded in full before its thank-you e-mail is due. */
const givenAndRefunded = (status: RefundReported["status"]) => [
  samplePaymentFactFromCheckout,
  samplePaymentFactFromCharge,
  sampleRefundReported("re_1", 1000, { status }),
];
const failed = () => sampleRefundReported("re_1", 1000, { status: "failed" });

test("thanks are sent once if the refund of the whole gift fails days later", async () => {
  expect(await recordAndSend(...givenAndRefunded("pending"))).toEqual([]);
  now = new Date(now.getTime() + 10 * 24 * HOUR_MS);
  expect(await recordAndSend(failed())).toEqual(["Thank you: your receipt from The Northern Herald"]);
  expect(await recordAndSend(failed())).toHaveLength(1);
  expect(mails[0]?.text.replaceAll(/\s+/g, " ")).toContain("$10");
});

test("a supporter who got the e-mail about the refund gets one e-mail that it failed, and no thanks", async () => {
  const refunded = await recordAndSend(...givenAndRefunded("succeeded"));
  expect(refunded).toHaveLength(1);
  now = new Date(now.getTime() + 40 * 24 * HOUR_MS);
  const news = [...refunded, "Your refund from The Northern Herald did not go through"];
  expect(await recordAndSend(failed())).toEqual(news);
  expect(await recordAndSend(failed())).toEqual(news);
});

test.each([
  ["before the mail about it is sent", 0],
  ["and that no mail announced", 40],
])("no mail is sent about the failure of a refund that fails %s, and the thanks are sent", async (_, daysLater) => {
  await recordFacts(db, {
    ...testOptionsForRecordingEvents,
    now,
    facts: givenAndRefunded(daysLater ? "pending" : "succeeded"),
  });
  now = new Date(now.getTime() + daysLater * 24 * HOUR_MS);
  await recordFacts(db, { ...testOptionsForRecordingEvents, now, facts: [failed()] });
  const queued = await db.outboxMail.count({ where: { kind: "refund-failed" } });
  expect(queued, "queued only if a mail may be on its way").toBe(daysLater ? 0 : 1);
  expect(await sendMail()).toEqual(["Thank you: your receipt from The Northern Herald"]);
});

test("no e-mail is sent about a failed refund that a repair of the ledger finds", async () => {
  const refunded = await recordAndSend(...givenAndRefunded("succeeded"));
  await recordFacts(db, { ...testOptionsForRecordingEvents, now, silent: true, facts: [failed()] });
  expect(await sendMail()).toEqual(refunded);
});

test("no e-mail is sent about a failed refund that is reported after two months", async () => {
  const refunded = await recordAndSend(...givenAndRefunded("succeeded"));
  now = new Date(now.getTime() + 61 * 24 * HOUR_MS);
  expect(await recordAndSend(failed())).toEqual(refunded);
});

test("thanks are not sent if a repair of the ledger finds the failed refund", async () => {
  await recordAndSend(...givenAndRefunded("pending"));
  await recordFacts(db, { ...testOptionsForRecordingEvents, now, silent: true, facts: [failed()] });
  expect(await sendMail()).toEqual([]);
});
