import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type PaymentMailKind, queueMail } from "../../domain/ledger/outbox";
import { openEmptyLedger } from "../../prisma/empty-ledger";
import type { Db } from "../database";
import { createIdentityCrypto } from "../identity";
import { testEnvironmentFor } from "../testing/stripes-books";
import { startTestMailServer, type TestMailServer } from "./mail-server-for-tests";
import { sendDueMail } from "./send-due";
import { smtpTransport } from "./transport";

const identity = createIdentityCrypto(Buffer.alloc(32, 7).toString("base64"));
const noon = new Date("2026-11-23T09:00:00Z");
const later = (minutes: number) => new Date(noon.getTime() + minutes * 60_000);

let db: Db;
let inbox: TestMailServer;

beforeEach(async () => {
  // Sets the environment variables of the site. They include the secret that signs the links in e-mails.
  Object.assign(process.env, testEnvironmentFor({ url: "http://127.0.0.1:9" }));
  db = await openEmptyLedger();
  inbox = await startTestMailServer();
});

afterEach(async () => {
  await inbox.close();
  await db.$disconnect();
});

/** Returns how many e-mails were sent. */
async function sendAt(now: Date): Promise<number> {
  const transport = smtpTransport({ url: inbox.url, from: "The Paper <paper@news.example>", siteHost: "news.example" });
  return (await sendDueMail(db, { now, transport, identity })).sent;
}

function addressOf(email: string) {
  const sealed = identity.sealAddress(email);
  if (!sealed) throw new Error("no address");
  return { ...sealed, locale: "en" };
}

function queueThanks(paymentId: string, to: string) {
  return queueOfPayment("thanks", paymentId, to);
}

function queueOfPayment(kind: PaymentMailKind, paymentId: string, to = "olga@home.example") {
  return db.$transaction((tx) =>
    queueMail(tx, {
      kind,
      values: { paymentId, amountMinor: 2000, currency: "EUR", frequency: "monthly", paidAt: noon.toISOString() },
      factKey: `${kind}:${paymentId}`,
      to: addressOf(to),
      now: noon,
    }),
  );
}

function queueSignIn(token: string) {
  return db.$transaction((tx) =>
    queueMail(tx, {
      kind: "sign-in",
      values: { tokenSealed: identity.seal(token), next: "/supporters" },
      factKey: `sign-in:${token}`,
      to: addressOf("olga@home.example"),
      now: noon,
    }),
  );
}

describe("the outbox", () => {
  test("three workers that run at once send each e-mail exactly once", async () => {
    for (let n = 1; n <= 12; n++) await queueThanks(`pay_${n}`, `reader${n}@home.example`);
    const sent = await Promise.all([sendAt(noon), sendAt(noon), sendAt(noon)]);
    expect(sent.reduce((a, b) => a + b)).toBe(12);
    expect(new Set(inbox.mails.map(messageIdOf)).size).toBe(12);
    expect(inbox.mails).toHaveLength(12);
    expect(await db.outboxMail.count({ where: { sentAt: noon, sendAfter: null, heldUntil: null } })).toBe(12);
    expect(await sendAt(later(60))).toBe(0);
  });

  test("an unavailable mail server does not lose an e-mail, and is retried at growing intervals", async () => {
    await queueThanks("pay_1", "olga@home.example");
    const { port } = inbox;
    await inbox.close();
    const waitsMs: number[] = [];
    let now = noon;
    for (let n = 0; n < 13; n++) {
      expect(await sendAt(now)).toBe(0);
      const { sendAfter, sentAt } = await onlyMail();
      expect(sentAt).toBeNull();
      waitsMs.push((sendAfter?.getTime() ?? 0) - now.getTime());
      now = sendAfter ?? now;
    }
    expect(waitsMs.slice(0, 3)).toEqual([30_000, 60_000, 120_000]);
    expect(waitsMs.at(-1)).toBe(6 * 60 * 60_000);
    inbox = await startTestMailServer(port);
    expect(await sendAt(now)).toBe(1);
    expect(inbox.mails).toHaveLength(1);
  });

  test("sends no e-mail before it is due", async () => {
    await queueThanks("pay_1", "olga@home.example");
    inbox.refuse.add("olga@home.example");
    await sendAt(noon);
    expect(await sendAt(new Date(noon.getTime() + 29_000))).toBe(0);
    expect((await onlyMail()).attempts).toBe(1);
  });

  test("a refused recipient does not stop other e-mail, and the stored reason contains no address", async () => {
    await queueThanks("pay_1", "nobody@home.example");
    await queueThanks("pay_2", "olga@home.example");
    inbox.refuse.add("nobody@home.example");
    expect(await sendAt(noon)).toBe(1);
    const refused = await db.outboxMail.findUniqueOrThrow({ where: { factKey: "thanks:pay_1" } });
    expect(refused).toMatchObject({ attempts: 1, lastError: "EENVELOPE 550 RCPT TO", sentAt: null });
  });

  test("gives up on a recipient after three days of refusals, and keeps the row", async () => {
    await queueThanks("pay_1", "nobody@home.example");
    inbox.refuse.add("nobody@home.example");
    await sendAt(later(3 * 24 * 60 + 1));
    expect(await onlyMail()).toMatchObject({
      ...{ sendAfter: null, sentAt: null, lastError: "EENVELOPE 550 RCPT TO" },
      ...{ toSealed: "", values: "{}" },
    });
  });

  test("an e-mail claimed by a worker that died is sent again after minutes, with the same Message-ID", async () => {
    await queueThanks("pay_1", "olga@home.example");
    inbox.hangUpAfterAccept = true;
    await sendAt(noon);
    inbox.hangUpAfterAccept = false;
    await db.outboxMail.updateMany({ data: { heldUntil: later(4), sendAfter: noon } });
    expect(await sendAt(later(3))).toBe(0);
    expect(await sendAt(later(4))).toBe(1);
    const [first, second] = inbox.mails.map(messageIdOf);
    expect(first).toMatch(/^<[0-9a-f-]{36}@news\.example>$/);
    expect(second).toBe(first);
  });

  test("sends a sign-in link before older e-mail, and deletes its content afterwards", async () => {
    await queueThanks("pay_1", "olga@home.example");
    await queueSignIn("secret-token");
    expect(await sendAt(later(1))).toBe(2);
    expect(inbox.mails[0]).toContain("secret-token");
    for (const row of await db.outboxMail.findMany()) expect(row).toMatchObject({ toSealed: "", values: "{}" });
  });

  test("sends a sign-in link before a queue of other e-mails of any kind", async () => {
    for (const kind of ["debit-pending", "debit-bounced", "thanks"] as const)
      for (let n = 0; n < 4; n++) await queueOfPayment(kind, `pay_${kind}_${n}`);
    await queueSignIn("secret-token");
    const transport = smtpTransport({ url: inbox.url, from: "paper@news.example", siteHost: "news.example" });
    expect(await sendDueMail(db, { now: later(1), transport, identity, limit: 1 })).toEqual({ sent: 1, handled: 1 });
    expect(inbox.mails[0]).toContain("secret-token");
  });

  test("does not send an expired sign-in link, and deletes its content", async () => {
    await queueSignIn("secret-token");
    expect(await sendAt(later(16))).toBe(0);
    expect(inbox.mails).toHaveLength(0);
    expect(await onlyMail()).toMatchObject({ sentAt: null, sendAfter: null, values: "{}", lastError: "out of date" });
  });

  test("does not send thanks for a gift that was refunded in full meanwhile", async () => {
    const row = { status: "succeeded", amountMinor: 2000n, currency: "EUR", frequency: "monthly" };
    const times = { paidAt: noon, recordedAt: noon };
    await db.payment.create({ data: { id: "pay_1", ...row, ...times, refundedMinor: 2000n } });
    await db.payment.create({ data: { id: "pay_2", ...row, ...times, refundedMinor: 1999n } });
    await queueThanks("pay_1", "olga@home.example");
    await queueThanks("pay_2", "ivan@home.example");
    expect(await sendAt(noon)).toBe(1);
    expect(inbox.mails.map((mail) => /^To: (.+)\r$/m.exec(mail)?.[1])).toEqual(["ivan@home.example"]);
    const dropped = await db.outboxMail.findUniqueOrThrow({ where: { factKey: "thanks:pay_1" } });
    expect(dropped).toMatchObject({ sentAt: null, sendAfter: null, lastError: "the whole gift was returned" });
    expect(await sendAt(later(60))).toBe(0);
  });

  test.each(["not sealed with our key, olga@home.example", "short"])(
    "sends the others if one cannot be read (%s), and stores none of its content as the error",
    async (toSealed) => {
      await queueThanks("pay_1", "olga@home.example");
      await db.outboxMail.updateMany({ data: { toSealed } });
      await queueThanks("pay_2", "ivan@home.example");
      expect(await sendAt(noon)).toBe(1);
      expect(inbox.mails).toEqual([expect.stringMatching(/^To: ivan@home\.example\r$/m)]);
      const row = await db.outboxMail.findUniqueOrThrow({ where: { factKey: "thanks:pay_1" } });
      expect(row).toMatchObject({ attempts: 1, lastError: "cannot be rendered", sentAt: null });
    },
  );

  test("marks every e-mail as automatic, and names neither program nor machine", async () => {
    await queueThanks("pay_1", "olga@home.example");
    await sendAt(noon);
    const [mail = ""] = inbox.mails;
    expect(mail).toMatch(/^Auto-Submitted: auto-generated\r$/m);
    expect(mail).toMatch(/^To: olga@home\.example\r$/m);
    expect(mail).not.toMatch(/^X-Mailer|nodemailer/im);
  });
});

function onlyMail() {
  return db.outboxMail.findFirstOrThrow();
}

function messageIdOf(mail: string): string | undefined {
  return /^Message-ID: (.+)\r$/m.exec(mail)?.[1];
}
