import { accountIdOf, postControlAction, TEST_API_KEY } from "stripe-sandbox/testing";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { listBooksDifferences } from "@/domain/ledger/check/store/progress";
import { listOwnPayments } from "@/domain/supporters/own-gifts";
import { listOwnRecurringGifts } from "@/domain/supporters/own-recurring-gifts";
import { getSignedInPerson } from "@/domain/supporters/signed-in-person";
import { runJobsUntilIdle } from "@/lab/torture/run-jobs-until-idle";
import { openEmptyLedger } from "@/prisma/empty-ledger";
import { publication } from "@/publication";
import { continueAddressChanges } from "@/systems/address-change";
import { checkBooks } from "@/systems/books-check";
import { currentTime } from "@/systems/clock";
import type { Db } from "@/systems/database";
import { identityCrypto } from "@/systems/identity";
import { renderHtml, signInAs, submitForm, testBrowserState, visibleTextOf } from "@/systems/testing/browser";
import { giveMonthly, giveOnce } from "@/systems/testing/gifts";
import { type Mailbox, openTestMailbox } from "@/systems/testing/mailbox";
import { getLinkInMail } from "@/systems/testing/parse-raw-mail";
import { recordEventsInOrder } from "@/systems/testing/record-events";
import { setRuntime, setRuntimeDatabase } from "@/systems/testing/runtime";
import { openStandIn, type StandIn } from "@/systems/testing/stand-in";
import { testEnvironmentFor } from "@/systems/testing/stripes-books";
import { POST as ask } from "../supporters/own-data/address/route";
import OwnDataPage from "../supporters/own-data/page";
import { POST as confirm } from "./confirm/route";
import ChangePage from "./page";
import { POST as stop } from "./stop/route";

vi.mock("next/headers", async () => (await import("@/systems/testing/browser")).nextHeadersMock);

const OLD = "anna@old.example";
const NEW = "anna@new.example";
const DAY_MS = 86_400_000;

let bench: StandIn;
let mailbox: Mailbox;
let db: Db;

beforeAll(async () => {
  [bench, mailbox] = await Promise.all([openStandIn(), openTestMailbox()]);
  Object.assign(process.env, testEnvironmentFor(bench));
});
afterAll(async () => {
  vi.doUnmock("next/headers");
  await Promise.all([bench.close(), mailbox.close()]);
});
beforeEach(async () => {
  bench.sandbox.reset(accountIdOf(TEST_API_KEY));
  db = await openEmptyLedger();
  setRuntimeDatabase(db);
  setRuntime({ readdressAfterMs: 0 });
});

async function give(email: string): Promise<{ customer: string }> {
  await giveOnce(bench, email);
  return giveMonthly(bench, email);
}

async function recordAll(): Promise<void> {
  await recordEventsInOrder(db, (await bench.stripe.events.list({ limit: 100 })).data.toReversed());
  await runJobsUntilIdle(db);
}

/** Creates a supporter with a single and a monthly gift, and signs them in with the old address. */
async function begin(): Promise<{ customer: string }> {
  const gift = await give(OLD);
  await recordAll();
  await signInAs(db, OLD);
  return gift;
}

async function askFor(email: string, more: Record<string, string> = {}): Promise<string> {
  const answer = await submitForm(ask, { email, ...more });
  expect(answer.headers.get("location")).toBe("/supporters/own-data#address");
  return renderHtml(OwnDataPage());
}

async function mailedTokens(): Promise<{ old: string; new: string }> {
  const identity = identityCrypto();
  const tokenIn = async (side: "old" | "new", to: string) => {
    const mails = await db.outboxMail.findMany({ where: { kind: `address-${side}` }, orderBy: { queuedAt: "desc" } });
    const mail = mails.find(({ toSealed }) => identity.open(toSealed) === to);
    if (!mail) throw new Error(`no mail to ${to}`);
    return identity.open(JSON.parse(mail.values).tokenSealed);
  };
  return { old: await tokenIn("old", OLD), new: await tokenIn("new", NEW) };
}

async function pageFor(query: Record<string, string>): Promise<string> {
  const searchParams = Promise.resolve(query) as Parameters<typeof ChangePage>[0]["searchParams"];
  return renderHtml(ChangePage({ searchParams }));
}

const queryOf = (answer: Response) =>
  Object.fromEntries(new URL(answer.headers.get("location") ?? "", "http://127.0.0.1:3000").searchParams);

async function seenBy(email: string): Promise<string> {
  const emailHash = identityCrypto().hashOf(email) ?? "";
  const { supporterId } = await getSignedInPerson(db, { emailHash, isStaff: false, defaultLocale: "en" });
  if (!supporterId) return "nothing";
  const [gifts, recurring] = [await listOwnPayments(db, supporterId), await listOwnRecurringGifts(db, supporterId)];
  return `${gifts.length} payments, ${recurring.length} recurring`;
}

async function differences(): Promise<unknown[]> {
  const { id } = await checkBooks(db, { mode: "check", graceMs: 0 });
  return listBooksDifferences(db, id);
}

test.each([
  ["the old mailbox first", ["old", "new"]],
  ["the new mailbox first", ["new", "old"]],
] as const)("an address changes once both mailboxes have confirmed, %s", async (_, [first, second]) => {
  const { customer } = await begin();
  expect(await askFor(NEW)).toContain("We have sent a link to both addresses.");
  const tokens = await mailedTokens();
  expect(await pageFor({ token: tokens[first] })).toContain("a…@new.example");
  const answer = await submitForm(confirm, { token: tokens[first] });
  expect(await pageFor(queryOf(answer))).toContain("Now the other mailbox has to confirm.");
  expect([await seenBy(OLD), await seenBy(NEW)]).toEqual(["2 payments, 1 recurring", "nothing"]);
  const done = await submitForm(confirm, { token: tokens[second] });
  expect(await pageFor(queryOf(done))).toContain("Your address is changed");
  expect([await seenBy(OLD), await seenBy(NEW)]).toEqual(["nothing", "2 payments, 1 recurring"]);
  expect(await bench.stripe.customers.retrieve(customer)).toMatchObject({ email: NEW });
  expect(await db.session.count()).toBe(0);
  await recordAll();
  expect(await seenBy(NEW)).toBe("2 payments, 1 recurring");
  expect(await db.supporter.count()).toBe(1);
  expect(await differences()).toEqual([]);
});

test("a supporter who reads Russian gets Russian e-mails, pages and answers, without being signed in", async () => {
  await begin();
  await db.supporter.updateMany({ data: { locale: "ru" } });
  Object.assign(publication, { languages: ["en", "ru"] });
  onTestFinished(() => {
    Object.assign(publication, { languages: ["en"] });
    testBrowserState.language = "";
  });
  await submitForm(ask, { email: NEW });
  await signInAs(db, null);
  testBrowserState.language = "ru";
  const tokens = await mailedTokens();
  const mails = (await mailbox.take(db, currentTime())).filter(({ text }) => text.includes("/address-change"));
  const links = mails.map((mail) => getLinkInMail(mail, "/address-change"));
  expect(links.map(({ searchParams }) => searchParams.get("language"))).toEqual(["ru", "ru"]);
  expect(await pageFor({ token: tokens.old })).toContain('<input type="hidden" name="language" value="ru"/>');
  for (const [route, token] of [
    [confirm, tokens.new],
    [stop, tokens.old],
  ] as const) {
    const answer = await submitForm(route, { token, language: "ru" });
    expect(queryOf(answer)).toMatchObject({ language: "ru" });
    expect(visibleTextOf(await pageFor(queryOf(answer)))).toMatch(/^[^a-z]+$/);
  }
});

test("both mailboxes get one e-mail about the change, and the old one does not learn the new address", async () => {
  await begin();
  await askFor(NEW);
  const tokens = await mailedTokens();
  for (const token of [tokens.old, tokens.new, tokens.new]) await submitForm(confirm, { token });
  const mails = (await mailbox.take(db, currentTime())).filter(({ subject }) =>
    /new address|was changed/.test(subject),
  );
  expect(mails.map(({ to, subject }) => [to, subject.replace(/ at .*/, "")]).sort()).toEqual([
    [NEW, "Your new address"],
    [OLD, "Your address"],
  ]);
  const toOld = mails.find(({ to }) => to === OLD);
  expect(toOld?.text).toContain("If it was not you");
  expect(toOld?.text).not.toMatch(/new\.example/);
});

test("a ledger rebuilt from Stripe, or restored from an older copy, shows the old address none of the gifts", async () => {
  await begin();
  const older = db;
  db = await openEmptyLedger();
  setRuntimeDatabase(db);
  await recordEventsInOrder(db, (await bench.stripe.events.list({ limit: 100 })).data.toReversed());
  await runJobsUntilIdle(db);
  await signInAs(db, OLD);
  await askFor(NEW);
  const tokens = await mailedTokens();
  for (const token of [tokens.old, tokens.new]) await submitForm(confirm, { token });
  await runJobsUntilIdle(db);
  expect(await differences()).toEqual([]);
  // At Stripe, the payment's metadata says only that its e-mail address is outdated, not which address is current.
  const { data: intents } = await bench.stripe.paymentIntents.list();
  const marks = intents.map(({ metadata }) => metadata.readdressed ?? "").sort();
  expect(marks).toEqual(["", expect.stringMatching(/^\d{10}$/)]);
  const changed = db;
  for (const other of [older, await openEmptyLedger()]) {
    db = other;
    setRuntimeDatabase(db);
    const { id } = await checkBooks(db, { mode: "repair", graceMs: 0 });
    expect((await listBooksDifferences(db, id)).length).toBeGreaterThan(0);
    expect([await seenBy(OLD), await seenBy(NEW)]).toEqual(["nothing", "1 payments, 1 recurring"]);
    expect(await db.payment.count()).toBe(2);
    expect(await differences()).toEqual([]);
  }
  await changed.$disconnect();
});

test("a second press from a stale tab has no second effect", async () => {
  await begin();
  await askFor(NEW);
  const tokens = await mailedTokens();
  for (const token of [tokens.old, tokens.old, tokens.new]) await submitForm(confirm, { token });
  const before = await db.supporterAddress.findMany();
  const again = await submitForm(confirm, { token: tokens.new });
  expect(await pageFor(queryOf(again))).toContain("This link no longer works");
  expect(await db.supporterAddress.findMany()).toEqual(before);
});

test("if the new address belongs to another supporter, the two become one with all gifts, and our books equal Stripe's", async () => {
  await begin();
  await give(NEW);
  await recordAll();
  const identity = identityCrypto();
  const { supporterId } = await db.supporterAddress.findUniqueOrThrow({
    where: { emailHash: identity.hashOf(OLD) ?? "" },
  });
  await db.supporter.update({ where: { id: supporterId }, data: { receiptNameSealed: identity.seal("Anna") } });
  const byMailSince = currentTime();
  await db.letterReader.create({ data: { id: "0".repeat(32), supporterId, byMailSince } });
  await askFor(NEW);
  const tokens = await mailedTokens();
  for (const token of [tokens.old, tokens.new]) await submitForm(confirm, { token });
  await recordAll();
  expect([await seenBy(OLD), await seenBy(NEW)]).toEqual(["nothing", "4 payments, 2 recurring"]);
  expect(await db.supporter.count()).toBe(1);
  const owner = await db.supporter.findFirstOrThrow();
  expect(owner.receiptNameSealed).not.toBeNull();
  expect(await db.letterReader.findMany()).toMatchObject([{ supporterId: owner.id, byMailSince }]);
  expect(await differences()).toEqual([]);
});

test("a lost mailbox has seven days to stop the change; then a job applies it", async () => {
  await begin();
  await askFor(NEW, { lost: "yes" });
  const tokens = await mailedTokens();
  expect(await pageFor({ token: tokens.old })).toContain("If nobody stops the change from this mailbox, it happens on");
  const answer = await submitForm(confirm, { token: tokens.new });
  expect(await pageFor(queryOf(answer))).toContain("unless somebody stops it from the old mailbox");
  const now = currentTime().getTime();
  await continueAddressChanges(db, new Date(now + 7 * DAY_MS - 60_000));
  expect([await seenBy(OLD), await seenBy(NEW)]).toEqual(["2 payments, 1 recurring", "nothing"]);
  await continueAddressChanges(db, new Date(now + 7 * DAY_MS + 60_000));
  expect([await seenBy(OLD), await seenBy(NEW)]).toEqual(["nothing", "2 payments, 1 recurring"]);
});

test("a change from a lost mailbox waits for the new one to confirm, and is deleted when it expires", async () => {
  await begin();
  await askFor(NEW, { lost: "yes" });
  const now = currentTime().getTime();
  await continueAddressChanges(db, new Date(now + 8 * DAY_MS));
  expect(await seenBy(OLD)).toBe("2 payments, 1 recurring");
  await continueAddressChanges(db, new Date(now + 11 * DAY_MS));
  expect(await db.addressChange.count()).toBe(0);
});

test.each(["old", "new"] as const)(
  "the %s mailbox stops the change, and every session of the old address ends",
  async (side) => {
    await begin();
    await askFor(NEW, { lost: "yes" });
    const tokens = await mailedTokens();
    await submitForm(confirm, { token: tokens.new });
    const answer = await submitForm(stop, { token: tokens[side] });
    expect(await pageFor(queryOf(answer))).toContain("The change is stopped");
    expect(await db.session.count()).toBe(0);
    await continueAddressChanges(db, new Date(currentTime().getTime() + 8 * DAY_MS));
    expect(await seenBy(OLD)).toBe("2 payments, 1 recurring");
    expect(await pageFor(queryOf(await submitForm(confirm, { token: tokens.new })))).toContain(
      "This link no longer works",
    );
  },
);

test("if Stripe refuses the new address, nothing changes here until a later job succeeds", async () => {
  const { customer } = await begin();
  await askFor(NEW);
  const tokens = await mailedTokens();
  await submitForm(confirm, { token: tokens.old });
  await postControlAction(bench.url, "call-faults", {
    key: TEST_API_KEY,
    does: "error",
    status: 500,
    method: "POST",
    path: "/v1/customers/*",
  });
  const answer = await submitForm(confirm, { token: tokens.new });
  expect(await pageFor(queryOf(answer))).toContain(
    "Stripe, which handles our payments, has not accepted the new address yet.",
  );
  expect([await seenBy(OLD), await seenBy(NEW)]).toEqual(["2 payments, 1 recurring", "nothing"]);
  await postControlAction(bench.url, "end-faults", { key: TEST_API_KEY });
  await continueAddressChanges(db, currentTime());
  expect([await seenBy(OLD), await seenBy(NEW)]).toEqual(["nothing", "2 payments, 1 recurring"]);
  expect(await bench.stripe.customers.retrieve(customer)).toMatchObject({ email: NEW });
});

test("if Stripe's event about the new address comes first, the gifts still belong to the same supporter", async () => {
  const { customer } = await begin();
  await askFor(NEW);
  const tokens = await mailedTokens();
  await bench.stripe.customers.update(customer, { email: NEW });
  await recordAll();
  for (const token of [tokens.old, tokens.new]) await submitForm(confirm, { token });
  await recordAll();
  expect([await seenBy(OLD), await seenBy(NEW)]).toEqual(["nothing", "2 payments, 1 recurring"]);
  expect(await differences()).toEqual([]);
});

test("refuses an invalid address and the supporter's own, and e-mails nobody", async () => {
  await begin();
  const invalid = await askFor("nonsense");
  expect(invalid).toContain("That is not an email address.");
  expect(invalid).toContain('value="nonsense"');
  const own = await askFor("ANNA@old.example");
  expect(own).toContain("You are signed in with this address already.");
  expect(own).toContain('value="ANNA@old.example"');
  expect(await db.outboxMail.count({ where: { kind: { startsWith: "address" } } })).toBe(0);
});

test("the sixth request of a day sends nobody an e-mail", async () => {
  await begin();
  for (let n = 0; n < 5; n++) expect(await askFor(NEW)).toContain("We have sent a link");
  expect(await askFor(NEW)).toContain("requested five times today");
  expect(await db.outboxMail.count({ where: { kind: "address-new" } })).toBe(5);
});

test("links from an earlier request and made-up links neither confirm nor stop the change", async () => {
  await begin();
  await askFor("anna@first.example");
  const [mail] = await db.outboxMail.findMany({ where: { kind: "address-old" } });
  const earlier = identityCrypto().open(JSON.parse(mail?.values ?? "{}").tokenSealed);
  await askFor(NEW);
  for (const token of [earlier, "made-up", ""]) {
    await submitForm(confirm, { token });
    await submitForm(stop, { token });
  }
  expect(await db.addressChange.findFirst()).toMatchObject({ oldConfirmedAt: null, newConfirmedAt: null });
  expect(await db.session.count()).toBe(1);
});
