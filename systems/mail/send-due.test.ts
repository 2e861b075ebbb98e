import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type PaymentMailKind, queueMail } from "../../domain/ledger/outbox";
import { emptyLedger } from "../../prisma/empty-ledger";
import type { Db } from "../database";
import { identityFrom } from "../identity";
import { settingsFor } from "../testing/stripes-books";
import { type Inbox, openInbox } from "./inbox-for-tests";
import { sendDueMail } from "./send-due";
import { smtpTransport } from "./transport";

const identity = identityFrom(Buffer.alloc(32, 7).toString("base64"));
const noon = new Date("2026-11-23T09:00:00Z");
const later = (minutes: number) => new Date(noon.getTime() + minutes * 60_000);

let db: Db;
let inbox: Inbox;

beforeEach(async () => {
  // The key of mailed links comes from the settings.
  Object.assign(process.env, settingsFor({ url: "http://127.0.0.1:9" }));
  db = await emptyLedger();
  inbox = await openInbox();
});

afterEach(async () => {
  await inbox.close();
  await db.$disconnect();
});

function sendAt(now: Date) {
  const transport = smtpTransport({ url: inbox.url, from: "The Paper <paper@news.example>", siteHost: "news.example" });
  return sendDueMail(db, { now, transport, identity });
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
  test("two workers send each mail once", async () => {
    for (let n = 1; n <= 12; n++) await queueThanks(`pay_${n}`, `reader${n}@home.example`);
    const sent = await Promise.all([sendAt(noon), sendAt(noon), sendAt(noon)]);
    expect(sent.reduce((a, b) => a + b)).toBe(12);
    expect(new Set(inbox.mails.map(messageIdOf)).size).toBe(12);
    expect(inbox.mails).toHaveLength(12);
    expect(await db.outboxMail.count({ where: { sentAt: noon, sendAfter: null, heldUntil: null } })).toBe(12);
    expect(await sendAt(later(60))).toBe(0);
  });

  test("a server that is away loses nothing, and is asked less and less often", async () => {
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
    inbox = await openInbox(port);
    expect(await sendAt(now)).toBe(1);
    expect(inbox.mails).toHaveLength(1);
  });

  test("a mail is not tried before its time", async () => {
    await queueThanks("pay_1", "olga@home.example");
    inbox.refuse.add("olga@home.example");
    await sendAt(noon);
    expect(await sendAt(new Date(noon.getTime() + 29_000))).toBe(0);
    expect((await onlyMail()).attempts).toBe(1);
  });

  test("a refused recipient stops no one else, and the reason kept has no address in it", async () => {
    await queueThanks("pay_1", "nobody@home.example");
    await queueThanks("pay_2", "olga@home.example");
    inbox.refuse.add("nobody@home.example");
    expect(await sendAt(noon)).toBe(1);
    const refused = await db.outboxMail.findUniqueOrThrow({ where: { factKey: "thanks:pay_1" } });
    expect(refused).toMatchObject({ attempts: 1, lastError: "EENVELOPE 550 RCPT TO", sentAt: null });
  });

  test("a recipient refused for three days is let go of, and the row stays", async () => {
    await queueThanks("pay_1", "nobody@home.example");
    inbox.refuse.add("nobody@home.example");
    await sendAt(later(3 * 24 * 60 + 1));
    expect(await onlyMail()).toMatchObject({
      ...{ sendAfter: null, sentAt: null, lastError: "EENVELOPE 550 RCPT TO" },
      ...{ toSealed: "", values: "{}" },
    });
  });

  test("a worker that died holding a mail delays it by minutes; the repeat bears the same Message-ID", async () => {
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

  test("a sign-in link leaves before older mail, and the ledger forgets it", async () => {
    await queueThanks("pay_1", "olga@home.example");
    await queueSignIn("secret-token");
    expect(await sendAt(later(1))).toBe(2);
    expect(inbox.mails[0]).toContain("secret-token");
    for (const row of await db.outboxMail.findMany()) expect(row).toMatchObject({ toSealed: "", values: "{}" });
  });

  test("a sign-in link is never behind a queue of letters, whatever they are called", async () => {
    for (const kind of ["debit-begun", "debit-bounced", "thanks"] as const)
      for (let n = 0; n < 4; n++) await queueOfPayment(kind, `pay_${kind}_${n}`);
    await queueSignIn("secret-token");
    const transport = smtpTransport({ url: inbox.url, from: "paper@news.example", siteHost: "news.example" });
    expect(await sendDueMail(db, { now: later(1), transport, identity, limit: 1 })).toBe(1);
    expect(inbox.mails[0]).toContain("secret-token");
  });

  test("a sign-in link that is out of date is not sent, and not kept", async () => {
    await queueSignIn("secret-token");
    expect(await sendAt(later(16))).toBe(0);
    expect(inbox.mails).toHaveLength(0);
    expect(await onlyMail()).toMatchObject({ sentAt: null, sendAfter: null, values: "{}", lastError: "out of date" });
  });

  test("thanks for a gift that has gone back meanwhile do not leave, and are no mail that is stuck", async () => {
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

  test("a mail that cannot be read is told of without its content and stops no one else", async () => {
    await queueThanks("pay_1", "olga@home.example");
    await db.outboxMail.updateMany({ data: { toSealed: "not sealed with our key, olga@home.example" } });
    await queueThanks("pay_2", "ivan@home.example");
    expect(await sendAt(noon)).toBe(1);
    const row = await db.outboxMail.findUniqueOrThrow({ where: { factKey: "thanks:pay_1" } });
    expect(row).toMatchObject({ attempts: 1, lastError: "cannot be rendered", sentAt: null });
  });

  test("what leaves says that no person wrote it, and names neither program nor machine", async () => {
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
