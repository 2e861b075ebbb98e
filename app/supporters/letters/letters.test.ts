import { renderToStaticMarkup } from "react-dom/server";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { queueLetterBatch } from "@/domain/supporters/letter-readers";
import { putFreeSeat } from "@/domain/supporters/store/letters";
import { rethrow } from "@/domain/testing/rethrow";
import { openEmptyLedger } from "@/prisma/empty-ledger";
import { listLetters } from "@/systems/content";
import type { Db } from "@/systems/database";
import { identityCrypto } from "@/systems/identity";
import { renderHtml, signInAs, submitForm, testBrowserState } from "@/systems/testing/browser";
import { type Mailbox, openTestMailbox } from "@/systems/testing/mailbox";
import { getLinkInMail, type ParsedMail } from "@/systems/testing/parse-raw-mail";
import { setRuntimeDatabase } from "@/systems/testing/runtime";
import { testEnvironmentFor } from "@/systems/testing/stripes-books";
import { POST as pressUnsubscribe } from "../../unsubscribe/press/route";
import SupportersPage from "../page";
import { GET as raise } from "../recurring/raise/route";
import LetterPage from "./[slug]/page";
import { POST as chooseByMail } from "./by-mail/route";
import { GET as getFeed } from "./feed/[token]/route";
import { POST as changeFeed } from "./feed/route";

vi.mock("next/headers", async () => (await import("@/systems/testing/browser")).nextHeadersMock);

const SITE = "http://127.0.0.1:3000";
Object.assign(process.env, testEnvironmentFor({ url: "http://127.0.0.1:9" }));

const [NEWEST, MIDDLE, OLDEST] = listLetters("en");
if (!NEWEST || !MIDDLE || !OLDEST) throw new Error("content/letters/en has fewer than three letters");
const DAY_MS = 86_400_000;
const out = new Date(NEWEST.publishedAt);
const daysFromThen = (days: number) => new Date(out.getTime() + days * DAY_MS);

let db: Db;
let mailbox: Mailbox;

beforeAll(async () => {
  mailbox = await openTestMailbox();
});
beforeEach(async () => {
  vi.useFakeTimers({ now: daysFromThen(-3), toFake: ["Date"] });
  db = await openEmptyLedger();
  setRuntimeDatabase(db);
});
afterEach(async () => {
  vi.useRealTimers();
  testBrowserState.note = "";
  mailbox.empty();
  await db.$disconnect();
});
afterAll(async () => {
  await mailbox.close();
  vi.doUnmock("next/headers");
});

function sealed(email: string) {
  const address = identityCrypto().sealAddress(email);
  if (!address) throw new Error("no address");
  return address;
}

/** Adds a supporter who gave `daysBefore` days before the newest letter was published. */
async function addSupporter(id: string, { daysBefore = 30 } = {}): Promise<string> {
  const email = `${id}@example.org`;
  const at = daysFromThen(-daysBefore);
  const addresses = { create: { ...sealed(email), since: at } };
  await db.supporter.create({ data: { id, locale: "en", createdAt: at, addresses } });
  const money = { amountMinor: 1000n, currency: "USD", frequency: "once", status: "succeeded" };
  await db.payment.create({ data: { id: `p_${id}`, ...money, supporterId: id, paidAt: at, recordedAt: at } });
  return email;
}

async function pressChoice(route: typeof chooseByMail, choice: string): Promise<void> {
  const answer = await submitForm(route, { choice });
  expect(answer.headers.get("location")).toBe("/supporters#letter-ways");
}

const signIn = (email: string) => signInAs(db, email);
const supportersPage = () => renderHtml(SupportersPage());

const letterPage = async (slug: string) =>
  renderToStaticMarkup(await LetterPage({ params: Promise.resolve({ slug }) }));

async function subscribe(email: string): Promise<void> {
  await signIn(email);
  await pressChoice(chooseByMail, "on");
}

/** Queues the e-mails of all letters, in batches of `batchSize` readers. Returns the number of batches. */
async function runMailing(batchSize = 2): Promise<number> {
  let batches = 0;
  for (const letter of listLetters("en"))
    while (
      await queueLetterBatch(db, {
        letter,
        isWrittenIn: () => true,
        now: new Date(),
        limit: batchSize,
        onFailure: rethrow,
      })
    )
      batches += 1;
  return batches;
}

const takeMails = () => mailbox.take(db);

test("e-mails a letter on its date, once to each supporter who chose e-mail before and may read it now", async () => {
  const emails = [];
  for (const id of ["anna", "boris", "clara", "dora", "emil"]) emails.push(await addSupporter(id));
  for (const email of emails) await subscribe(email);
  // When the letter is published, Fred's gift is too old.
  await subscribe(await addSupporter("fred", { daysBefore: 396 }));
  // Greta may read the letters, but did not choose to get them by e-mail.
  await addSupporter("greta");
  vi.setSystemTime(new Date(out.getTime() - 1));
  expect(await runMailing()).toBe(0);
  vi.setSystemTime(out);
  // This supporter chose letters by e-mail only after the letter was published.
  vi.setSystemTime(new Date(out.getTime() + 1000));
  await subscribe(await addSupporter("late"));
  expect(await runMailing()).toBe(3);
  const mails = await takeMails();
  expect(mails.map(({ to }) => to).sort()).toEqual(emails);
  const [mail] = mails as [ParsedMail];
  expect(mail.subject).toBe(NEWEST.headline);
  expect(mail.text).toContain("Plans in a newsroom are written in pencil.");
  expect(mail.text).toContain("Until spring, with thanks,\n\nThe editors");
  expect(mail.text).not.toMatch(/\*|<p/);
  expect(getLinkInMail(mail, "/supporters/letters").pathname).toBe(`/supporters/letters/${NEWEST.slug}`);
  expect(await runMailing()).toBe(0);
  expect(await takeMails()).toEqual([]);
});

test("an interrupted mailing continues, and two simultaneous workers send each e-mail once", async () => {
  for (const id of ["anna", "boris", "clara", "dora", "emil"]) await subscribe(await addSupporter(id));
  vi.setSystemTime(daysFromThen(1));
  const terms = { letter: NEWEST, isWrittenIn: () => true, now: new Date(), limit: 2, onFailure: rethrow };
  await queueLetterBatch(db, terms);
  expect(await db.outboxMail.count({ where: { kind: "letter" } })).toBe(2);
  await Promise.all([queueLetterBatch(db, terms), queueLetterBatch(db, terms)]);
  await Promise.all([runMailing(), runMailing()]);
  expect(await takeMails()).toHaveLength(5);
  expect(await db.letterMailing.findUnique({ where: { letter: NEWEST.slug } })).toMatchObject({ queued: 5 });
});

test("a letter that was published a week ago is no longer mailed", async () => {
  await subscribe(await addSupporter("anna"));
  vi.setSystemTime(daysFromThen(7));
  expect(await runMailing()).toBe(0);
  expect(await db.letterMailing.count()).toBe(0);
});

test("a sign-in link is sent before letters that were queued earlier", async () => {
  await subscribe(await addSupporter("anna"));
  vi.setSystemTime(out);
  await runMailing();
  const { queueSignInLink } = await import("@/domain/supporters/sign-in");
  const addressee = { ...sealed("boris@example.org"), locale: "en" };
  const tokenSealed = identityCrypto().seal("t".repeat(43));
  await queueSignInLink(db, { addressee, tokenHash: "h", tokenSealed, next: "/supporters", now: new Date() });
  expect((await takeMails()).map(({ to }) => to)).toEqual(["boris@example.org", "anna@example.org"]);
});

test("one press in a mail program stops letters by e-mail, removes queued letters, and the page offers e-mail again", async () => {
  const anna = await addSupporter("anna");
  await subscribe(anna);
  await subscribe(await addSupporter("boris"));
  vi.setSystemTime(out);
  await runMailing();
  const mails = await takeMails();
  const mail = mails.find(({ to }) => to === anna) as ParsedMail;
  expect(mail.headers.get("list-unsubscribe-post")).toBe("List-Unsubscribe=One-Click");
  const [, url = ""] = /^<(.+)>$/.exec(mail.headers.get("list-unsubscribe") ?? "") ?? [];
  // Adds an e-mail with a second letter to the outbox, where it waits to be sent.
  const { id } = await db.letterReader.findUniqueOrThrow({ where: { supporterId: "anna" } });
  await db.outboxMail.create({
    data: {
      ...{ id: "m_waits", kind: "letter", factKey: `letter:${id}:${MIDDLE.slug}`, personHash: "h", priority: 20 },
      ...{ toSealed: sealed(anna).emailSealed, locale: "en", queuedAt: new Date(), sendAfter: new Date() },
      values: JSON.stringify({ readerId: id, letter: MIDDLE.slug }),
    },
  });
  const body = () => new URLSearchParams({ "List-Unsubscribe": "One-Click" });
  expect((await pressUnsubscribe(new Request(url, { method: "POST", body: body() }))).status).toBe(200);
  expect(await takeMails()).toEqual([]);
  await signIn(anna);
  expect(await supportersPage()).toContain("Send me the letters");
  await signIn("boris@example.org");
  expect(await supportersPage()).toContain("Stop letters by email");
});

test("the feed contains the published letters in full, as long as its owner may read them", async () => {
  await signIn(await addSupporter("anna"));
  await pressChoice(changeFeed, "new");
  const [, token = ""] = /supporters\/letters\/feed\/([\w-]{43})</.exec(await supportersPage()) ?? [];
  const feed = async (secret: string) => {
    const answer = await getFeed(new Request(SITE), { params: Promise.resolve({ token: secret }) });
    expect(answer.headers.get("cache-control")).toBe("private, no-store");
    return answer.status === 200 ? answer.text() : answer.status;
  };
  const before = await feed(token);
  expect(before).toContain(MIDDLE.headline);
  expect(before).toContain("<p>Dear reader,</p>");
  expect(before).not.toContain(NEWEST.headline);
  vi.setSystemTime(out);
  expect(await feed(token)).toContain(NEWEST.headline);
  expect(await feed(token)).not.toContain(token);
  expect(JSON.stringify(await db.letterReader.findMany())).not.toContain(token);
  expect(await supportersPage()).not.toContain(token);
  expect(await feed("x".repeat(43))).toBe(404);
  await pressChoice(changeFeed, "new");
  expect(await feed(token)).toBe(404);
  const [, renewed = ""] = /supporters\/letters\/feed\/([\w-]{43})</.exec(await supportersPage()) ?? [];
  await db.payment.updateMany({ data: { refundedMinor: 1000n } });
  const closed = await feed(renewed);
  expect(closed).toContain("The letters are closed for you at the moment.");
  expect(closed).not.toContain("<item>");
  await pressChoice(changeFeed, "none");
  expect(await feed(renewed)).toBe(404);
});

test("a letter links to the published letters before and after it", async () => {
  await signIn(await addSupporter("anna"));
  expect(await letterPage(MIDDLE.slug)).toContain(OLDEST.headline);
  expect(await letterPage(MIDDLE.slug)).not.toContain(NEWEST.headline);
  await expect(letterPage(NEWEST.slug)).rejects.toMatchObject({ digest: expect.stringContaining("404") });
  vi.setSystemTime(out);
  expect(await letterPage(MIDDLE.slug)).toContain(`href="/supporters/letters/${NEWEST.slug}" rel="next"`);
  expect(await letterPage(NEWEST.slug)).toContain(`href="/supporters/letters/${MIDDLE.slug}" rel="prev"`);
});

test("a free seat opens the letters, also by e-mail, until it ends", async () => {
  const email = "guest@example.org";
  const until = daysFromThen(0.5);
  await putFreeSeat(db, { ...sealed(email), locale: "en", until, givenBy: "h", givenAt: new Date() });
  await subscribe(email);
  expect(await letterPage(MIDDLE.slug)).toContain("Nineteen calls");
  vi.setSystemTime(out);
  await runMailing();
  expect((await takeMails()).map(({ to }) => to)).toEqual([email]);
  vi.setSystemTime(until);
  expect(await letterPage(MIDDLE.slug)).toContain("These letters are for supporters");
});

test.each([
  ["one gift in dollars", [["USD", "active"]], "to=15", "/supporters/recurring/r0?amount=15.00"],
  [
    "an additional ended gift",
    [
      ["EUR", "active"],
      ["USD", "canceled"],
    ],
    "to=15",
    "/supporters/recurring/r0?amount=15.00",
  ],
  ["an invalid amount", [["USD", "active"]], "to=x", "/supporters/recurring/r0"],
  [
    "two gifts",
    [
      ["USD", "active"],
      ["EUR", "active"],
    ],
    "to=15",
    "/supporters",
  ],
  ["no gift", [], "to=15", "/supporters"],
] as const)("with %s, a letter's link to a raise leads to the right page", async (_, gifts, query, location) => {
  const email = await addSupporter("anna");
  for (const [n, [currency, status]] of gifts.entries()) {
    const common = { amountMinor: 1000n, frequency: "monthly", supporterId: "anna", recordedAt: new Date() };
    const endedAt = status === "canceled" ? new Date() : null;
    await db.recurringGift.create({
      data: { id: `r${n}`, subscriptionId: `sub_${n}`, ...common, currency, status, endedAt },
    });
  }
  await signIn(email);
  const answer = await raise(new Request(`${SITE}/supporters/recurring/raise?${query}`));
  expect([answer.status, answer.headers.get("location")]).toEqual([303, location]);
});
