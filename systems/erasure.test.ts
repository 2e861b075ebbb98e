// Tests that an erased e-mail address is not left anywhere, neither in plain text nor encrypted nor as its usual hash.
// Only hashes with a different key are left, in the table ErasedAddress and in the list of erasures (erasure-list.ts).
import { appendFileSync, existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type Stripe from "stripe";
import { accountIdOf, advanceAccountClock, postControlAction, TEST_API_KEY } from "stripe-sandbox/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { listBooksDifferences } from "../domain/ledger/check/store/progress";
import { TABLES_WITH_ROWS_TO_ERASE } from "../domain/ledger/personal-tables";
import { recordEvent } from "../domain/ledger/record";
import { saveGiftMessage } from "../domain/supporters/gift-message";
import { queueSignInLink } from "../domain/supporters/sign-in";
import { getSignedInPerson } from "../domain/supporters/signed-in-person";
import { stopMailToAddress } from "../domain/supporters/stopped-addresses";
import { runJobsUntilIdle } from "../lab/torture/run-jobs-until-idle";
import { openEmptyLedger } from "../prisma/empty-ledger";
import { testDatabaseProvider } from "../prisma/fresh-ledger";
import { restoreBackup } from "../tools/database/backup/restore-backup";
import { takeBackup } from "../tools/database/backup/take-backup";
import { migrate } from "../tools/database/migrate.mjs";
import { testIndependentOfDatabase } from "../tools/test/full-run";
import { openSession } from "./auth/options";
import { checkBooks } from "./books-check";
import { currentTime } from "./clock";
import { type Db, openDatabase } from "./database";
import { env } from "./env";
import {
  askStripeToErase,
  continueErasures,
  endGiftsAndErase,
  eraseRestoredSupportersAtStart,
  eraseSupportersAgainAfterRestore,
  startErasure,
} from "./erasure";
import { appendToErasureList, mergeErasureListInto, readErasureList } from "./erasure-list";
import { identityCrypto } from "./identity";
import { buildRecordFactsOptions } from "./ledger-context";
import { translateEvent } from "./stripe/translate";
import { giveMonthly as monthlyFrom, giveOnce as onceFrom } from "./testing/gifts";
import { type Mailbox, openTestMailbox } from "./testing/mailbox";
import { makeTestGiftMetadata } from "./testing/own-metadata";
import { recordEventsInOrder } from "./testing/record-events";
import { openStandIn, type StandIn } from "./testing/stand-in";
import { testEnvironmentFor } from "./testing/stripes-books";

const ADDRESS = "anna.petrova@example.org";
const OTHER = "boris@example.org";
const WORDS = "Words to the newsroom that came with a gift";
const key = Buffer.alloc(32, 7).toString("base64");
const _metadata = makeTestGiftMetadata();
const folder = mkdtempSync(join(tmpdir(), "appeal-erasure-"));

let fixture: StandIn;
let mailbox: Mailbox;

beforeAll(async () => {
  [fixture, mailbox] = await Promise.all([openStandIn(), openTestMailbox()]);
  Object.assign(process.env, testEnvironmentFor(fixture), { ERASURES_FILE: join(folder, "erasures.jsonl") });
});
afterAll(() => Promise.all([fixture.close(), mailbox.close()]));
beforeEach(() => fixture.sandbox.reset(accountIdOf(TEST_API_KEY)));

/**
 * Creates a ledger by migrations and returns its URL. So the ledger has the table of applied migrations, which a backup
 * reads.
 */
async function migratedLedger(): Promise<string> {
  const url = `file:${join(mkdtempSync(join(folder, "ledger-")), "ledger.db")}`;
  await migrate(url);
  return url;
}

const giveMonthly = (email: string) => monthlyFrom(fixture, email);
const giveOnce = (email: string) => onceFrom(fixture, email);

async function recordAll(db: Db, events?: Stripe.Event[]): Promise<void> {
  await recordEventsInOrder(db, events ?? (await listEvents()).toReversed());
  await runJobsUntilIdle(db);
}

async function listEvents(): Promise<Stripe.Event[]> {
  return fixture.stripe.events.list({ limit: 100 }).autoPagingToArray({ limit: 1_000 });
}

function asArrival(event: Stripe.Event) {
  return {
    ...buildRecordFactsOptions(currentTime()),
    eventId: event.id,
    type: event.type,
    facts: translateEvent(event),
  };
}

async function supporterOf(db: Db, email: string): Promise<string | null> {
  const emailHash = identityCrypto().hashOf(email) ?? "";
  return (await getSignedInPerson(db, { emailHash, isStaff: false, defaultLocale: "en" })).supporterId;
}

async function differences(db: Db, mode: "check" | "repair" = "check") {
  const { id } = await checkBooks(db, { mode, graceMs: 0 });
  return (await listBooksDifferences(db, id)).map(({ object, place, ours, theirs, repaired }) => [
    object,
    place,
    ours,
    theirs,
    repaired,
  ]);
}

async function createSupporter(db: Db): Promise<string> {
  await giveOnce(ADDRESS);
  await giveMonthly(ADDRESS);
  await giveMonthly(OTHER);
  await giveOnce(OTHER);
  await recordAll(db);
  const supporterId = (await supporterOf(db, ADDRESS)) ?? "";
  const identity = identityCrypto();
  const sealed = identity.sealAddress(ADDRESS);
  if (!sealed) throw new Error("no address");
  const tokenSealed = identity.seal("the token of the link");
  const addressee = { ...sealed, locale: "en" };
  await queueSignInLink(db, { addressee, tokenHash: "t1", tokenSealed, next: "/", now: currentTime() });
  await openSession(db, sealed.emailHash);
  await db.supporter.update({ where: { id: supporterId }, data: { receiptNameSealed: identity.seal("Anna Petrova") } });
  await writeAbout(db, supporterId, WORDS);
  await writeAbout(db, (await supporterOf(db, OTHER)) ?? "", "Nobody erases this");
  return supporterId;
}

async function writeAbout(db: Db, supporterId: string, text: string): Promise<void> {
  const message = { text, dedication: "", penName: "", mayPublish: true };
  for (const { id: paymentId } of await db.payment.findMany({ where: { supporterId } })) {
    const save = { paymentId, message, identity: identityCrypto(), now: currentTime() };
    await db.$transaction((tx) => saveGiftMessage(tx, save));
  }
}

async function formsOf(db: Db, supporterId: string): Promise<string[]> {
  const hash = identityCrypto().hashOf(ADDRESS) ?? "";
  const addresses = await db.supporterAddress.findMany({ where: { supporterId } });
  const tokens = await db.signInToken.findMany({ where: { emailHash: hash } });
  const mails = await db.outboxMail.findMany({ where: { personHash: hash } });
  const { receiptNameSealed } = await db.supporter.findUniqueOrThrow({ where: { id: supporterId } });
  const messages = await db.giftMessage.findMany({ where: { payment: { supporterId } } });
  const sealed = [...addresses, ...tokens].map(({ emailSealed }) => emailSealed);
  expect(messages).toHaveLength(2);
  expect(mails.map(({ kind }) => kind)).toContain("sign-in");
  return [
    ADDRESS,
    "anna.petrova",
    "Anna Petrova",
    WORDS,
    hash,
    ...messages.map(({ wordsSealed }) => wordsSealed),
    ...sealed,
    ...mails.map(({ toSealed }) => toSealed),
    receiptNameSealed ?? "",
  ].filter(Boolean);
}

function found(files: string[], forms: readonly string[]): string[] {
  const bytes = files.filter((file) => existsSync(file)).map((file) => readFileSync(file));
  return forms.filter((form) => bytes.some((each) => each.includes(form)));
}

function filesOf(url: string): string[] {
  const path = url.replace(/^file:/, "");
  return [path, `${path}-wal`, `${path}-journal`];
}

async function logOf(work: () => Promise<void>): Promise<string> {
  const lines: string[] = [];
  const { stdout } = process;
  const write = stdout.write;
  stdout.write = ((text: string) => lines.push(String(text)) > 0) as typeof stdout.write;
  try {
    await work();
  } finally {
    stdout.write = write;
  }
  return lines.join("");
}

async function erase(db: Db, supporterId: string): Promise<void> {
  await startErasure(db, supporterId);
  await endGiftsAndErase(db, supporterId);
  await askStripeToErase(db);
}

test.runIf(testDatabaseProvider === "sqlite")(
  "no form of an erased address is in any file, in the log, or in a restored backup; the books are equal, even after a rebuild",
  async () => {
    const url = await migratedLedger();
    const db = await openDatabase(url);
    const supporterId = await createSupporter(db);
    const { path: backup } = await takeBackup({ url, folder, key, now: new Date("2026-11-24T12:00:00Z") });
    const forms = await formsOf(db, supporterId);
    expect(found(filesOf(url), forms)).toEqual(forms.filter((form) => !/anna/i.test(form) && form !== WORDS));
    const money = await db.payment.aggregate({ _sum: { amountMinor: true }, _count: true });

    const log = await logOf(() => erase(db, supporterId));
    expect(forms.filter((form) => log.includes(form))).toEqual([]);
    // Only the sealed address of the e-mail that confirms the erasure is left. It is removed once that e-mail is sent.
    const [confirmation] = await db.outboxMail.findMany({ where: { kind: "erased" } });
    const left = found([...filesOf(url), join(folder, "erasures.jsonl")], forms);
    expect(new Set(left)).toEqual(new Set([confirmation?.toSealed]));
    expect((await mailbox.take(db, currentTime())).map(({ to }) => to)).toContain(ADDRESS);
    await db.$purgeOldValues();
    expect(found([...filesOf(url), join(folder, "erasures.jsonl")], forms)).toEqual([]);
    expect(await db.payment.aggregate({ _sum: { amountMinor: true }, _count: true })).toEqual(money);
    expect(await db.supporter.count()).toBe(1);
    expect(await db.giftMessage.count()).toBe(2);
    await recordAll(db);
    expect(await differences(db)).toEqual([]);
    expect(found(filesOf(url), forms)).toEqual([]);

    // The backup is older than the erasure. The restore erases the supporter again, because the list of erasures is
    // stored outside the ledger.
    const into = `file:${join(mkdtempSync(join(folder, "restored-")), "ledger.db")}`;
    await restoreBackup({ path: backup, into, key, erasures: readErasureList() ?? [] });
    expect(found(filesOf(into), forms)).toEqual([]);
    const restored = await openDatabase(into);
    await runJobsUntilIdle(restored);
    await differences(restored, "repair");
    expect(await differences(restored)).toEqual([]);
    expect(await restored.supporter.count()).toBe(1);
    await restored.$disconnect();
    expect(found(filesOf(into), forms)).toEqual([]);

    const rebuiltUrl = await migratedLedger();
    const rebuilt = await openDatabase(rebuiltUrl);
    await differences(rebuilt, "repair");
    expect(await differences(rebuilt)).toEqual([]);
    expect(await rebuilt.payment.aggregate({ _sum: { amountMinor: true }, _count: true })).toEqual(money);
    expect(await rebuilt.supporter.count()).toBe(1);
    await rebuilt.$disconnect();
    expect(found(filesOf(rebuiltUrl), forms)).toEqual([]);
    await db.$disconnect();
  },
  60_000,
);

testIndependentOfDatabase(
  "Stripe's customer is deleted, the gift has ended, and nothing is charged again",
  async () => {
    const db = await openEmptyLedger();
    const { customer, subscription } = await giveMonthly(ADDRESS);
    await recordAll(db);
    await erase(db, (await supporterOf(db, ADDRESS)) ?? "");
    expect(await fixture.stripe.customers.retrieve(customer)).toMatchObject({ deleted: true });
    expect((await fixture.stripe.subscriptions.retrieve(subscription)).status).toBe("canceled");
    expect(await db.recurringGift.findFirst()).toMatchObject({ status: "canceled", supporterId: null });
    await advanceAccountClock(fixture.sandbox, accountIdOf(TEST_API_KEY), 70 * 86_400);
    await recordAll(db);
    expect(await db.payment.count()).toBe(1);
    expect(await db.recurringGift.findFirst()).toMatchObject({ customerId: null });
    expect(await differences(db)).toEqual([]);
  },
);

test("late and repeated events do not restore the supporter, and a gift that they bring is ended at Stripe", async () => {
  const db = await openEmptyLedger();
  await giveOnce(ADDRESS);
  await recordAll(db);
  const earlier = new Set((await listEvents()).map(({ id }) => id));
  await giveOnce(ADDRESS);
  const { subscription } = await giveMonthly(ADDRESS);
  const late = (await listEvents()).filter(({ id }) => !earlier.has(id));
  await erase(db, (await supporterOf(db, ADDRESS)) ?? "");
  const again = (await listEvents()).map((event) => ({ ...event, id: `${event.id}again` }));
  await recordAll(db, late);
  await recordAll(db, again);
  expect(await supporterOf(db, ADDRESS)).toBeNull();
  expect(await db.supporter.count()).toBe(0);
  expect(await db.payment.count()).toBe(3);
  expect(await db.outboxMail.count({ where: { kind: { not: "erased" } } })).toBe(0);
  expect((await fixture.stripe.subscriptions.retrieve(subscription)).status).toBe("canceled");
  await recordAll(db);
  expect(await differences(db)).toEqual([]);
  const rebuilt = await openEmptyLedger();
  await differences(rebuilt, "repair");
  expect(await rebuilt.supporter.count()).toBe(0);
  expect(await differences(rebuilt)).toEqual([]);
});

testIndependentOfDatabase.each([
  ["standard", "is erased"],
  ["high", "A message for you"],
] as const)(
  "one e-mail confirms the erasure, and its row is emptied once it is sent (%s risk)",
  async (risk, subject) => {
    const db = await openEmptyLedger();
    await giveMonthly(ADDRESS);
    await recordAll(db);
    await mailbox.take(db, currentTime());
    env().OUTLET_RISK = risk;
    try {
      await erase(db, (await supporterOf(db, ADDRESS)) ?? "");
    } finally {
      env().OUTLET_RISK = "standard";
    }
    const [mail, ...more] = await mailbox.take(db, currentTime());
    expect([mail?.to, more]).toEqual([ADDRESS, []]);
    expect(mail?.subject).toContain(subject);
    expect(mail?.text).toContain("With it, we have deleted this address.");
    expect(/gift|charged|supporter/i.test(mail?.text ?? "")).toBe(risk === "standard");
    expect(mail?.text).not.toContain("/wrong-address/");
    const row = { personHash: "", toSealed: "", values: "{}", sendAfter: null };
    expect(await db.outboxMail.findMany()).toMatchObject([row]);
  },
);

testIndependentOfDatabase(
  "the address of the confirmation e-mail is removed after a day, even if no mail server accepts the e-mail",
  async () => {
    const db = await openEmptyLedger();
    await giveOnce(ADDRESS);
    await recordAll(db);
    await erase(db, (await supporterOf(db, ADDRESS)) ?? "");
    expect(await db.outboxMail.count({ where: { toSealed: { not: "" } } })).toBe(1);
    expect(await mailbox.take(db, new Date(currentTime().getTime() + 86_400_000 + 1_000))).toEqual([]);
    expect(await db.outboxMail.findMany()).toMatchObject([{ toSealed: "", sendAfter: null, lastError: "out of date" }]);
  },
);

testIndependentOfDatabase(
  "no e-mail confirms an erasure if e-mail to the address was stopped, or if a restore repeats the erasure",
  async () => {
    const db = await openEmptyLedger();
    await giveOnce(ADDRESS);
    await giveOnce(OTHER);
    await recordAll(db);
    await stopMailToAddress(db, { emailHash: identityCrypto().hashOf(ADDRESS) ?? "", now: currentTime() });
    await erase(db, (await supporterOf(db, ADDRESS)) ?? "");
    const addressHash = identityCrypto().erasureHashOf(OTHER) ?? "";
    await eraseSupportersAgainAfterRestore(db, [
      { supporterId: "of another", addressHashes: [addressHash], erasedAt: currentTime() },
    ]);
    expect(await db.supporter.count()).toBe(0);
    expect(await db.outboxMail.count()).toBe(0);
  },
);

testIndependentOfDatabase(
  "somebody who gives again after an erasure is a new supporter and sees no older gift",
  async () => {
    const db = await openEmptyLedger();
    await giveOnce(ADDRESS);
    await recordAll(db);
    const before = await supporterOf(db, ADDRESS);
    await erase(db, before ?? "");
    await advanceAccountClock(fixture.sandbox, accountIdOf(TEST_API_KEY), 3_600);
    await giveMonthly(ADDRESS);
    await recordAll(db);
    const after = await supporterOf(db, ADDRESS);
    expect(after).not.toBeNull();
    expect(after).not.toBe(before);
    expect(await db.payment.count({ where: { supporterId: after } })).toBe(1);
    expect(await db.recurringGift.count({ where: { supporterId: after } })).toBe(1);
    expect(await differences(db)).toEqual([]);
    const rebuilt = await openEmptyLedger();
    await differences(rebuilt, "repair");
    expect(await rebuilt.payment.count({ where: { supporterId: await supporterOf(rebuilt, ADDRESS) } })).toBe(1);
    expect(await differences(rebuilt)).toEqual([]);
  },
);

testIndependentOfDatabase("if Stripe does not end a gift, the identity stays until a job has ended it", async () => {
  const db = await openEmptyLedger();
  await giveMonthly(ADDRESS);
  await recordAll(db);
  const supporterId = (await supporterOf(db, ADDRESS)) ?? "";
  await postControlAction(fixture.url, "call-faults", {
    key: TEST_API_KEY,
    does: "error",
    status: 500,
    method: "DELETE",
    times: 2,
  });
  await startErasure(db, supporterId);
  await expect(endGiftsAndErase(db, supporterId)).rejects.toThrow();
  expect(await supporterOf(db, ADDRESS)).toBe(supporterId);
  expect(await db.erasure.count()).toBe(1);
  await postControlAction(fixture.url, "end-faults", { key: TEST_API_KEY });
  await continueErasures(db, currentTime());
  expect(await supporterOf(db, ADDRESS)).toBeNull();
  expect(await db.erasure.count()).toBe(0);
});

test("if Stripe fails after the identity has gone, the books stay equal, and the jobs ask Stripe again", async () => {
  const db = await openEmptyLedger();
  const { customer } = await giveMonthly(ADDRESS);
  await giveOnce(ADDRESS);
  await recordAll(db);
  const supporterId = (await supporterOf(db, ADDRESS)) ?? "";
  await startErasure(db, supporterId);
  await endGiftsAndErase(db, supporterId);
  await postControlAction(fixture.url, "call-faults", { key: TEST_API_KEY, does: "error", status: 500 });
  await askStripeToErase(db);
  await postControlAction(fixture.url, "end-faults", { key: TEST_API_KEY });
  expect(await supporterOf(db, ADDRESS)).toBeNull();
  expect(await fixture.stripe.customers.retrieve(customer)).not.toHaveProperty("deleted");
  for (const event of await listEvents()) await recordEvent(db, asArrival(event));
  expect(await differences(db)).toEqual([]);
  await runJobsUntilIdle(db);
  expect(await fixture.stripe.customers.retrieve(customer)).toMatchObject({ deleted: true });
  await recordAll(db);
  expect(await differences(db)).toEqual([]);
});

test("the comparison with Stripe reports an erased supporter who is in the ledger again, and a repair erases them", async () => {
  const db = await openEmptyLedger();
  await giveOnce(ADDRESS);
  await giveMonthly(ADDRESS);
  await recordAll(db);
  await erase(db, (await supporterOf(db, ADDRESS)) ?? "");
  await recordAll(db);
  // Makes the ledger look as if a backup from before the erasure had been restored without the list of erasures.
  const identity = identityCrypto();
  const sealed = identity.sealAddress(ADDRESS);
  if (!sealed) throw new Error("no address");
  const { id } = await db.supporter.create({ data: { id: "back", locale: "en", createdAt: currentTime() } });
  const { _max: last } = await db.payment.aggregate({ _max: { paidAt: true } });
  await db.supporter.update({ where: { id }, data: { lastPaidAt: last.paidAt } });
  await db.supporterAddress.create({ data: { ...sealed, supporterId: id, since: currentTime() } });
  await db.payment.updateMany({ data: { supporterId: id, erasedAt: null } });
  await db.recurringGift.updateMany({ data: { supporterId: id, erasedAt: null } });
  await db.erasedAddress.deleteMany();
  const found = await differences(db);
  expect(found.map(([, place, ours, theirs]) => [place, ours, theirs]).sort()).toEqual([
    ["payment.supporter", "another supporter", "a supporter who was erased"],
    ["recurring-gift.supporter", "another supporter", "a supporter who was erased"],
  ]);
  expect((await differences(db, "repair")).map(([, , , , repaired]) => repaired)).toEqual([true, true]);
  expect(await differences(db)).toEqual([]);
  expect(await db.supporter.count()).toBe(0);
  expect(await db.supporterAddress.count()).toBe(0);
});

test("at its start the site erases everybody on the list who is in the ledger again", async () => {
  const db = await openEmptyLedger();
  await giveOnce(ADDRESS);
  await recordAll(db);
  const supporterId = (await supporterOf(db, ADDRESS)) ?? "";
  const addressHashes = [identityCrypto().erasureHashOf(ADDRESS) ?? ""];
  appendToErasureList({ supporterId, addressHashes, erasedAt: currentTime() });
  await eraseRestoredSupportersAtStart(db);
  expect(await supporterOf(db, ADDRESS)).toBeNull();
  expect(await db.payment.count()).toBe(1);
});

testIndependentOfDatabase("the list stays readable after a crash has cut off its last line", () => {
  const note = (supporterId: string) => ({ supporterId, addressHashes: [], erasedAt: currentTime() });
  const path = join(mkdtempSync(join(tmpdir(), "appeal-erasures-")), "erasures.jsonl");
  const copy = join(dirname(path), "copy.jsonl");
  appendToErasureList(note("first"), path);
  for (const cut of [path, copy]) appendFileSync(cut, '{"supporterId":"cut o');
  appendToErasureList(note("second"), path);
  mergeErasureListInto(copy, path);
  const idsIn = (list: string) => readErasureList(list)?.map(({ supporterId }) => supporterId);
  expect(idsIn(path)).toEqual(["first", "second"]);
  expect(idsIn(copy)).toEqual(["first", "second"]);
});

test("a supporter whose address the list names is erased even under another id", async () => {
  const db = await openEmptyLedger();
  await giveOnce(ADDRESS);
  await giveOnce(OTHER);
  await recordAll(db);
  const addressHash = identityCrypto().erasureHashOf(ADDRESS) ?? "";
  const note = { supporterId: "of another ledger", addressHashes: [addressHash], erasedAt: currentTime() };
  expect(await eraseSupportersAgainAfterRestore(db, [note])).toBe(1);
  expect(await supporterOf(db, ADDRESS)).toBeNull();
  expect(await supporterOf(db, OTHER)).not.toBeNull();
});

test("an erasure covers every table with a person's id or hash, or with sealed text", () => {
  const schema = readFileSync(new URL("../prisma/schema.prisma", import.meta.url), "utf8");
  const models = [...schema.matchAll(/^model (\w+) \{([\s\S]*?)^\}/gm)].map(([, table = "", body = ""]) => {
    const columns = [...body.matchAll(/^ {2}(\w+) +\w/gm)].map(([, column = ""]) => column);
    return { table, columns };
  });
  // The tables in `others` need no entry in TABLES_WITH_ROWS_TO_ERASE. Payments and recurring gifts stay, but lose the
  // supporter's id. The supporter's own row is deleted last. A colleague's row stays until the newsroom removes it.
  // Drafts of evidence and messages with a gift have no supporter's id: an erasure finds and deletes them by their
  // payment.
  const others = ["Payment", "RecurringGift", "Supporter", "Staff", "StaffFactor", "DisputeDraft", "GiftMessage"];
  const personal = models.filter(({ table }) => !others.includes(table));
  const named = personal.flatMap(({ table, columns }) =>
    columns
      .filter((column) => /^(emailHash|personHash|supporterId)$/.test(column))
      .map((column) => `${table}.${column}`),
  );
  expect(named.sort()).toEqual(TABLES_WITH_ROWS_TO_ERASE.map(({ table, by }) => `${table}.${by}`).sort());
  const emptied = new Set<string>(TABLES_WITH_ROWS_TO_ERASE.map(({ table }) => table));
  const sealed = personal.filter(({ columns }) => columns.some((column) => /Sealed$|EmailHash$/.test(column)));
  expect(sealed.filter(({ table }) => !emptied.has(table))).toEqual([]);
});
