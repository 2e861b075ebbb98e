// Compares the files of own data with the schema, so that no table about a person is forgotten.
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { OwnData } from "@/domain/supporters/own-data-format";
import { openEmptyLedger } from "@/prisma/empty-ledger";
import type { Db } from "@/systems/database";
import { identityCrypto } from "@/systems/identity";
import { signInAs } from "@/systems/testing/browser";
import { setRuntimeDatabase } from "@/systems/testing/runtime";
import { GET as csv } from "./export.csv/route";
import { GET as json } from "./export.json/route";

vi.mock("next/headers", async () => (await import("@/systems/testing/browser")).nextHeadersMock);

Object.assign(process.env, {
  SITE_URL: "http://127.0.0.1:3000",
  DATABASE_URL: "file:/dev/null/never-opened.db",
  STRIPE_SECRET_KEY: "sk_test_own_data",
  STRIPE_WEBHOOK_SECRET: "whsec_only_for_tests",
  SMTP_URL: "smtp://127.0.0.1:9",
  NEXTAUTH_SECRET: "x".repeat(32),
  IDENTITY_KEY: Buffer.alloc(32, 1).toString("base64"),
});

/**
 * The tables whose rows must be in the files that supporters can download. In the test's ledger, each of these tables
 * has one row, with a time that no other row has. The tests search the files for this time.
 */
const TABLES = [
  ...["Supporter", "SupporterAddress", "MailStop", "MailRefusal", "AddressChange", "Erasure", "RecurringGift"],
  ...["RecurringNote", "Payment", "Entry", "Dispute", "GiftMessage", "FailedAttempt", "OutboxMail", "Session"],
  ...["SignInToken", "Reminder", "LetterReader", "FreeSeat", "Act"],
];

const ANNA = "anna@example.org";
const FORMER = "former@example.org";
const LONG_AFTER = new Date("2099-01-01T00:00:00Z");
const ofEur = (amountMinor: bigint) => ({ amountMinor, currency: "EUR" });

let db: Db;

beforeAll(async () => {
  db = await openEmptyLedger();
  setRuntimeDatabase(db);
  await fillTables();
});
afterAll(async () => {
  vi.doUnmock("next/headers");
  await db.$disconnect();
});

function timeOf(table: string): Date {
  const index = TABLES.indexOf(table);
  if (index < 0) throw new Error(`${table} is not in TABLES`);
  return new Date(Date.UTC(2026, 0, 1 + index, 12, 34, 56));
}

function sealed(email: string) {
  const address = identityCrypto().sealAddress(email);
  if (!address) throw new Error("no address");
  return address;
}

/** Adds one row about Anna to each table. */
async function fillTables(): Promise<void> {
  const { seal } = identityCrypto();
  const { emailHash } = sealed(ANNA);
  const of = { supporterId: "s_anna" };
  await db.supporter.create({ data: { id: "s_anna", locale: "en", createdAt: timeOf("Supporter") } });
  await db.supporterAddress.create({ data: { ...sealed(ANNA), ...of, since: timeOf("SupporterAddress") } });
  await db.mailStop.create({ data: { emailHash, stoppedAt: timeOf("MailStop") } });
  await db.mailRefusal.create({ data: { ...of, kind: "renewal-thanks", refusedAt: timeOf("MailRefusal") } });
  const { emailHash: newEmailHash, emailSealed: newEmailSealed } = sealed("boris@example.org");
  const ways = { oldEmailHash: emailHash, newEmailHash, newEmailSealed, oldTokenHash: "old", newTokenHash: "new" };
  await db.addressChange.create({ data: { ...of, ...ways, expiresAt: timeOf("AddressChange") } });
  await db.erasure.create({ data: { ...of, beganAt: timeOf("Erasure") } });
  await addGifts(seal);
  const mail = { kind: "thanks", factKey: "thanks:p", priority: 1, toSealed: "", locale: "en", values: "" };
  await db.outboxMail.create({ data: { id: "m", ...mail, personHash: emailHash, queuedAt: timeOf("OutboxMail") } });
  const day = dayText(timeOf("Session"));
  const session = { idHash: "session", signedInOn: day, lastSeenOn: day, endsAt: LONG_AFTER };
  await db.session.create({ data: { ...session, emailHash } });
  await addRowsAt(ANNA, (table) => timeOf(table));
  await db.letterReader.create({ data: { id: "l", ...of, byMailSince: timeOf("LetterReader") } });
  const act = { by: "colleague", role: "care", kind: "address-revealed", about: "supporter:s_anna", chain: "" };
  await db.act.create({ data: { number: 1, at: timeOf("Act"), ...act, after: JSON.stringify({ why: "answer" }) } });
}

async function addGifts(seal: (text: string) => string): Promise<void> {
  const of = { supporterId: "s_anna" };
  const [startedAt, recordedAt] = [timeOf("RecurringGift"), LONG_AFTER];
  const rhythm = { status: "past_due", frequency: "monthly" };
  const card = { paymentMethodId: "pm_1", cardExpiresAt: LONG_AFTER, overdueSince: LONG_AFTER };
  const ids = { id: "r", subscriptionId: "sub_1" };
  await db.recurringGift.create({ data: { ...ids, ...of, ...rhythm, ...card, ...ofEur(500n), startedAt, recordedAt } });
  const note = { key: "n", subscriptionId: "sub_1", kind: "amount", notedAt: timeOf("RecurringNote"), recordedAt };
  const change = { ...ofEur(500n), beforeMinor: 700n, frequency: "monthly", until: LONG_AFTER, by: "link" };
  await db.recurringNote.create({ data: { ...note, ...change } });
  const form = { appeal: "first", variant: "a", placement: "give", locale: "en", formKey: "k", frequency: "once" };
  const times = { createdAt: LONG_AFTER, expiresAt: LONG_AFTER };
  await db.gift.create({ data: { id: "g", ...form, ...ofEur(900n), ...times } });
  const paid = { id: "p", giftId: "g", status: "succeeded", frequency: "once", paidAt: timeOf("Payment"), recordedAt };
  const seen = { placement: "banner", experiment: "e", arm: "b", exposedOn: 20_454, arrivedAt: LONG_AFTER };
  await db.payment.create({ data: { ...paid, ...of, ...seen, ...ofEur(900n) } });
  const entry = { key: "refund:re_1", kind: "refund", paymentId: "p", occurredAt: timeOf("Entry"), recordedAt };
  await db.entry.create({ data: { ...entry, ...ofEur(-100n) } });
  const dispute = { id: "dp_1", paymentIntentId: "pi_1", paymentId: "p", status: "warning_closed", reason: "general" };
  await db.dispute.create({ data: { ...dispute, ...ofEur(900n), openedAt: timeOf("Dispute"), recordedAt } });
  const wordsSealed = seal(JSON.stringify({ text: "Thank you", dedication: "", penName: "" }));
  const message = { paymentId: "p", wordsSealed, mayPublish: false, writtenAt: timeOf("GiftMessage"), version: 1 };
  await db.giftMessage.create({ data: message });
  // This row is a failed first payment, so it belongs to a gift but not to a subscription.
  const attempt = {
    key: "ch_1",
    giftId: "g",
    failedAt: timeOf("FailedAttempt"),
    nextAttemptAt: LONG_AFTER,
    recordedAt,
  };
  await db.failedAttempt.create({ data: { ...attempt, ...ofEur(900n) } });
}

/** Adds rows that refer only to an e-mail address, not to a supporter: a sign-in link, a reminder and a free seat. */
async function addRowsAt(email: string, at: (table: string) => Date): Promise<void> {
  const address = sealed(email);
  const token = { tokenHash: email, createdAt: at("SignInToken"), expiresAt: LONG_AFTER };
  await db.signInToken.create({ data: { ...token, ...address } });
  const reminder = { id: email, locale: "en", rhythm: "monthly", ...ofEur(1200n), createdAt: at("Reminder") };
  await db.reminder.create({ data: { ...reminder, ...address } });
  const seat = { locale: "en", until: LONG_AFTER, givenBy: "colleague", givenAt: at("FreeSeat") };
  await db.freeSeat.create({ data: { ...seat, ...address } });
}

const dayText = (at: Date) => at.toISOString().slice(0, 10);
const shownTimeOf = (table: string) => (table === "Session" ? dayText(timeOf(table)) : timeOf(table).toISOString());

async function readFiles(): Promise<{ json: string; csv: string }> {
  await signInAs(db, ANNA);
  return { json: await (await json()).text(), csv: await (await csv()).text() };
}

test.each(TABLES)("both files contain the supporter's row in %s", async (table) => {
  const files = await readFiles();
  expect(files.json).toContain(shownTimeOf(table));
  expect(files.csv).toContain(shownTimeOf(table));
});

test("the JSON has the details of gifts and payments that the site stores", async () => {
  const data: OwnData = JSON.parse((await readFiles()).json);
  const later = LONG_AFTER.toISOString();
  expect(data.recurringGifts).toMatchObject([
    {
      ...{ stripePaymentMethod: "pm_1", cardExpiresAt: later, overdueSince: later, endReason: null },
      changes: [
        {
          amount: { amount: "5.00" },
          amountBefore: { amount: "7.00" },
          frequency: "monthly",
          until: later,
          by: "link",
        },
      ],
    },
  ]);
  const experiment = { id: "e", arm: "b", exposedOn: "2026-01-01" };
  expect(data.payments).toMatchObject([{ placement: "banner", experiment, arrivedAt: later }]);
  expect(data.failedPayments).toMatchObject([{ nextAttemptAt: later, amount: { amount: "9.00" } }]);
  expect(data.signIns).toContainEqual(expect.objectContaining({ endsAt: later }));
  expect(data.reminders).toMatchObject([{ rhythm: "monthly", amount: { amount: "12.00", currency: "EUR" } }]);
});

test("each table with a person's id or hash, or about their gifts, is in the files or in the list of those that are not", () => {
  const schema = readFileSync("prisma/schema.prisma", "utf8");
  const models = [...schema.matchAll(/^model (\w+) \{([\s\S]*?)^\}/gm)].map(([, table = "", body = ""]) => {
    return { table, columns: [...body.matchAll(/^ {2}(\w+) +\w/gm)].map(([, column = ""]) => column) };
  });
  const tables = models.map(({ table }) => table);
  const personal = models.filter(({ columns }) => columns.some((column) => OF_A_PERSON.test(column)));
  const [, listed = ""] = readFileSync("docs/own-data-format.md", "utf8").split("## Not in the files");
  const cells = [...listed.matchAll(/^\| (`.*`) \| .{10,} \|$/gm)].map(([, cell = ""]) => cell);
  const notInFiles = cells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, table = ""]) => table));
  const named = [...TABLES, ...notInFiles];
  expect(personal.map(({ table }) => table).filter((table) => !named.includes(table))).toEqual([]);
  expect(named.filter((table) => !tables.includes(table))).toEqual([]);
  // The audit log is in both lists: the files contain its look-ups, but not its other entries.
  expect(TABLES.filter((table) => notInFiles.includes(table))).toEqual(["Act"]);
});

const OF_A_PERSON = /(supporterId|becameId|staffId|paymentId|giftId|subscriptionId|disputeId|hash|sealed)$|^about$/i;

test("the files contain nothing that happened at a former address after its end, and mask a new address", async () => {
  const until = new Date("2026-02-01T00:00:00Z");
  await db.supporterAddress.create({
    data: { ...sealed(FORMER), supporterId: "s_anna", since: timeOf("Supporter"), until },
  });
  const later = new Date("2026-02-02T03:04:05Z");
  await addRowsAt(FORMER, () => later);
  const { emailHash } = sealed(FORMER);
  const mail = { kind: "sign-in", factKey: "x", priority: 1, toSealed: "", locale: "en", values: "" };
  await db.outboxMail.create({ data: { id: "x", ...mail, personHash: emailHash, queuedAt: later } });
  await db.mailStop.create({ data: { emailHash, stoppedAt: later } });
  await db.letterReader.create({ data: { id: "x", emailHash, byMailSince: later } });
  const day = dayText(later);
  await db.session.create({
    data: { idHash: "x", emailHash, signedInOn: day, lastSeenOn: day, endsAt: LONG_AFTER },
  });
  for (const text of Object.values(await readFiles())) {
    expect(text).toContain(FORMER);
    expect(text).not.toContain(day);
    expect(text).toContain("b…@example.org");
    expect(text).not.toContain("boris");
  }
});
