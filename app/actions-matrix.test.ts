// Requests every route for supporters and for mailed links as each of the five PEOPLE. Each request contains the ids of
// the owner's gift. The owner's request comes last and must succeed. Otherwise a route that refuses everybody would
// pass the test.
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encode } from "next-auth/jwt";
import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hashAddressChangeToken, startAddressChange } from "@/systems/address-change";
import { openSession } from "@/systems/auth/options";
import { listLetters } from "@/systems/content";
import { env } from "@/systems/env";
import { identityCrypto } from "@/systems/identity";
import { hashFeedToken } from "@/systems/letters/feed-token";
import { sealEmailHash } from "@/systems/links/address-link";
import { signGiftLinkToken } from "@/systems/links/gift-link";
import { mailedLinkKey } from "@/systems/links/link-key";
import { signToken } from "@/systems/signed-token";
import { type GiftFixture, openGiftFixture, type TestGiftIds } from "@/systems/testing/gift-fixture";
import { ledgerChangeToken, readAllLedgerRowsAsText } from "@/systems/testing/ledger-rows";
import { runInRequestOfTestBrowser, statusOfRedirectOrNotFound } from "@/systems/testing/request-scope";

const ROOT = join(import.meta.dirname, "..");
const PEOPLE = ["nobody", "a link to another gift", "another supporter", "staff", "the owner"] as const;
type Person = (typeof PEOPLE)[number];
/**
 * `own`: the request affects only the data of the person who sends it. `done`: the request succeeds, and a POST also
 * changes data.
 */
type Answer = "sign in" | 404 | "own" | "done";

/**
 * Maps each access right in docs/rights.md to the expected answers: one answer for each of the PEOPLE, in the order of
 * PEOPLE.
 */
const ANSWERS: Record<string, Answer[]> = {
  owner: ["sign in", "sign in", 404, 404, "done"],
  "has given": ["sign in", "sign in", "own", 404, "done"],
  "signed in": ["sign in", "sign in", "own", "own", "done"],
  supporter: ["sign in", "sign in", "own", "own", "done"],
  // Only the owner sends a valid link to the gift. The others send an invalid link or a link to another gift.
  link: [404, "own", 404, 404, "done"],
  "feed address": [404, 404, 404, 404, "done"],
  // The route identifies the owner only by the secret in the form. Only the owner sends a valid secret.
  "own form": ["own", "own", "own", "own", "done"],
};

type Standing = "running" | "late" | "paused" | "ending" | "ended" | "two" | "gave alone";
type Action = { standing?: Standing; form?: Record<string, string> | ((of: Owned) => Record<string, string>) };
/**
 * `token`: the secret in the owner's mailed link, in their feed URL, or in the form for a change of address. `shown`:
 * the end of the paid period, which some forms must send.
 */
type Owned = TestGiftIds & { email: string; shown: string; token: string };

const shown = ({ shown: end }: Owned) => ({ shown: end });
const ACTIONS: Record<string, Action> = {
  "GET /supporters/recurring/[id]": {},
  "POST /supporters/recurring/[id]/amount": { form: { amount: "20" } },
  "POST /supporters/recurring/[id]/frequency": {
    form: (of) => ({ amount: "120", frequency: "yearly", ...shown(of) }),
  },
  "POST /supporters/recurring/[id]/date": { form: (of) => ({ day: "5", ...shown(of) }) },
  "POST /supporters/recurring/[id]/skip": { form: shown },
  "POST /supporters/recurring/[id]/pause": { form: { months: "3" } },
  "POST /supporters/recurring/[id]/resume": { standing: "paused" },
  "GET /supporters/recurring/[id]/cancel": {},
  "POST /supporters/recurring/[id]/cancel/confirm": { form: { reason: "other" } },
  "POST /supporters/recurring/[id]/undo": { standing: "ending" },
  "POST /supporters/recurring/[id]/again": { standing: "ended" },
  "POST /supporters/recurring/[id]/card": {},
  "POST /supporters/recurring/[id]/pay": { standing: "late" },
  "POST /supporters/recurring/keep": { standing: "two", form: ({ id }) => ({ gift: id }) },
  "GET /supporters/recurring/raise": {},
  "GET /your-gift/[token]": {},
  "POST /your-gift/[token]/pause": { form: { months: "2" } },
  "POST /your-gift/[token]/cancel": {},
  "GET /your-gift/[token]/pay": { standing: "late" },
  "POST /your-gift/[token]/renew": {},
  "GET /wrong-address/[token]": {},
  "POST /wrong-address/[token]/stop": {},
  "GET /supporters": {},
  "GET /supporters/gifts/[paymentId]": {},
  "GET /supporters/gifts/[paymentId]/receipt.pdf": {},
  "POST /supporters/gifts/[paymentId]/message": { form: { text: "Hello" } },
  "GET /supporters/statements/[year]": { standing: "gave alone" },
  "GET /supporters/statements/[year]/statement.pdf": { standing: "gave alone" },
  "GET /supporters/statements/[year]/statement.csv": { standing: "gave alone" },
  "GET /supporters/own-data": {},
  "GET /supporters/own-data/export.json": {},
  "GET /supporters/own-data/export.csv": {},
  "POST /supporters/own-data/receipt-name": { form: { name: "Rosa" } },
  "POST /supporters/own-data/mails": {},
  "POST /supporters/own-data/language": { form: { language: "en" } },
  "POST /supporters/own-data/address": { form: { email: "rosa@new.example" } },
  "GET /supporters/letters/[slug]": {},
  "GET /supporters/letters/feed/[token]": {},
  "POST /supporters/letters/feed": {},
  "POST /supporters/letters/by-mail": { form: { choice: "on" } },
  "GET /supporters/sessions": {},
  "POST /supporters/sign-out/others": {},
  "POST /supporters/sign-out": {},
  "GET /supporters/erase": {},
  "POST /supporters/erase/confirm": {},
  "POST /address-change/confirm": { form: ({ token }) => ({ token }) },
  "POST /address-change/stop": { form: ({ token }) => ({ token }) },
};

const declared = new Map(
  [...readFileSync(join(ROOT, "docs/rights.md"), "utf8").matchAll(/^\| `([A-Z]+ [^`]+)` \| ([^|]+) \|/gm)].map(
    ([, name = "", right = ""]) => [name, right.trim()],
  ),
);

let gifts: GiftFixture;
let others: Owned;
const owners = new Map<string, Owned>();

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), "appeal-matrix-"));
  Object.assign(process.env, { STAFF_EMAILS: "editor@example.org", ERASURES_FILE: join(folder, "erasures.jsonl") });
  gifts = await openGiftFixture({ clockStartsAt: "2026-12-10T12:00:00Z" });
  const isLate = ({ standing = "running" }: Action) => ["late", "ended", "gave alone"].includes(standing);
  const all = Object.entries(ACTIONS);
  for (const [name, action] of all.filter(([, each]) => isLate(each))) owners.set(name, await ownerOf(name, action));
  await gifts.passUntil("2027-01-10T14:00:00Z");
  for (const [name, action] of all.filter(([, each]) => !isLate(each))) owners.set(name, await ownerOf(name, action));
  others = await begin("another", { standing: "two" });
  for (const [name, owner] of owners) owners.set(name, await withToken(name, owner));
});
afterAll(() => gifts.close());

/**
 * Creates the gift on which the test tries this action, and the supporter who owns the gift. A GET does not change the
 * gift, so all GETs with the same `standing` share one owner.
 */
async function ownerOf(name: string, action: Action): Promise<Owned> {
  const sharing = Object.keys(ACTIONS).find(
    (each) => each.startsWith("GET ") && ACTIONS[each]?.standing === action.standing,
  );
  const shared = name.startsWith("GET ") ? owners.get(sharing ?? "") : undefined;
  return shared ? { ...shared, token: name } : begin(name, action);
}

async function begin(name: string, { standing }: Action): Promise<Owned> {
  const email = `owner-${owners.size}@example.org`;
  if (standing === "two") await gifts.begin({}, { email });
  const gift = await gifts.begin({}, { email });
  const { subscriptions } = gifts.stripe;
  if (standing === "late") await gifts.putCard(gift, "pm_card_chargeCustomerFail");
  if (standing === "ending" || standing === "ended")
    await subscriptions.update(gift.subscriptionId, { cancel_at_period_end: true });
  if (standing === "paused")
    await subscriptions.update(gift.subscriptionId, { pause_collection: { behavior: "void" } });
  await gifts.recordNewEvents();
  return { ...gift, email, shown: await gifts.shownOf(gift), token: name };
}

async function withToken(name: string, owner: Owned): Promise<Owned> {
  const emailHash = identityCrypto().hashOf(owner.email) ?? "";
  const token = `secret-of-${owner.id}`;
  if (name.includes("/your-gift/")) return { ...owner, token: linkTo(owner, { isOld: name.endsWith("/renew") }) };
  if (name.includes("/wrong-address/")) return { ...owner, token: sealEmailHash(emailHash) };
  const { supporterId } = await gifts.db.recurringGift.findUniqueOrThrow({ where: { id: owner.id } });
  // The form for the language can only choose English, because the test offers no other language. The supporter first
  // gets another language, because on PostgreSQL the test notices only values that change.
  if (name.endsWith("/language"))
    await gifts.db.supporter.update({ where: { id: supporterId ?? "" }, data: { locale: "ru" } });
  if (name.includes("/feed/[token]"))
    await gifts.db.letterReader.create({
      data: { id: token, supporterId, feedTokenHash: hashFeedToken(token) },
    });
  if (name.includes("/address-change/")) {
    await startAddressChange(gifts.db, {
      ...{ supporterId: supporterId ?? "", oldEmailHash: emailHash, isOldLost: false, locale: "en" },
      to: identityCrypto().sealAddress("rosa@new.example") ?? { emailHash: "", emailSealed: "" },
    });
    await gifts.db.addressChange.update({
      where: { supporterId: supporterId ?? "" },
      data: { newTokenHash: hashAddressChangeToken(token) },
    });
  }
  return { ...owner, token };
}

function linkTo({ subscriptionId }: TestGiftIds, { isOld = false, linkEpoch = 0 } = {}): string {
  const expiresAt = new Date(gifts.now().getTime() + (isOld ? -1_000 : 86_400_000));
  return signGiftLinkToken({ subscriptionId, linkEpoch, expiresAt });
}

/**
 * Signs the person in again, because an earlier request can have ended their session. Returns undefined for the two
 * kinds of person that have no session.
 */
async function sessionOf(person: Person, owner: Owned): Promise<string | undefined> {
  const emails = { staff: "editor@example.org", "another supporter": others.email, "the owner": owner.email };
  const email = (emails as Partial<Record<Person, string>>)[person];
  if (!email) return undefined;
  const token = await openSession(gifts.db, identityCrypto().hashOf(email) ?? "");
  return encode({ token, secret: env().NEXTAUTH_SECRET });
}

function secretOf(person: Person, name: string, owner: Owned): string {
  if (person === "the owner") return owner.token;
  if (person !== "a link to another gift") return changed(owner.token);
  if (name.includes("/your-gift/")) return linkTo(others, { isOld: name.endsWith("/renew") });
  return name.includes("/wrong-address/") ? sealEmailHash(identityCrypto().hashOf(others.email) ?? "") : linkTo(others);
}

const changed = (token: string) => token.replace(/.{9}$/, (end) => [...end].toReversed().join(""));

type Answered = { status: number; location: string; text: string };

type Asked = { person: Person; session?: string | undefined; secret?: string };

async function ask(name: string, { person, session, secret }: Asked): Promise<Answered> {
  const owner = owners.get(name) as Owned;
  const [method = "", path = ""] = name.split(" ");
  const token = secret ?? secretOf(person, name, owner);
  const payment = await gifts.db.payment.findFirst({ where: { recurringGiftId: owner.id } });
  const all: Record<string, string> = { id: owner.id, token, paymentId: payment?.id ?? "", year: "2026" };
  const slug = listLetters("en")[0]?.slug ?? "";
  const params = Promise.resolve({ ...all, slug });
  const { form = {} } = ACTIONS[name] as Action;
  const fields = typeof form === "function" ? form({ ...owner, token }) : form;
  const headers = { "sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded" };
  const body = method === "POST" ? { body: new URLSearchParams(fields) } : {};
  const address = `http://127.0.0.1:3000${path}${path.endsWith("/raise") ? "?to=20" : ""}`;
  return runInRequestOfTestBrowser({ session }, async () => {
    try {
      return await answerOf(await load(path), {
        method,
        params,
        request: new Request(address, { method, headers, ...body }),
      });
    } catch (error) {
      return { ...statusOfRedirectOrNotFound(error), text: "" };
    }
  });
}

// biome-ignore lint/suspicious/noExplicitAny: each kind of route exports functions of its own
type RouteModule = Record<string, any>;

async function load(path: string): Promise<RouteModule> {
  const at = join(ROOT, "app", path);
  return import(`${at}/route.ts`).catch(() => import(`${at}/page.tsx`));
}

type Sent = { method: string; params: Promise<Record<string, string>>; request: Request };

async function answerOf(module: RouteModule, { method, params, request }: Sent): Promise<Answered> {
  if (!module.default) {
    const answer: Response = await module[method](request, { params });
    const location = answer.headers.get("location") ?? "";
    return { status: answer.status, location, text: await answer.text() };
  }
  const page = await module.default({ params, searchParams: Promise.resolve({}) });
  await module.generateMetadata?.({ params, searchParams: Promise.resolve({}) });
  return { status: 200, location: "", text: renderToStaticMarkup(page as ReactElement) };
}

/** Returns the database rows that contain the owner's e-mail hash or one of the ids of the owner or the gift. */
async function rowsAbout({ id, email, subscriptionId, customerId }: Owned): Promise<string[]> {
  const gift = await gifts.db.recurringGift.findUnique({ where: { id } });
  const names = [id, subscriptionId, customerId, identityCrypto().hashOf(email), gift?.supporterId].filter(Boolean);
  return (await readAllLedgerRowsAsText(gifts.db)).filter((row) => names.some((name) => row.includes(String(name))));
}

test("the table lists every action that docs/rights.md declares for supporters and holders of mailed links", () => {
  const rooms = /^\w+ \/(supporters|your-gift|wrong-address|address-change\/)/;
  expect(Object.keys(ACTIONS).sort()).toEqual([...declared.keys()].filter((name) => rooms.test(name)).sort());
});

/**
 * Links that are invalid, expired, revoked, or valid for another purpose, and the status with which the routes must
 * answer them.
 */
const FORGED: Record<string, { link: (of: Owned) => string; answer: 404 | 303 }> = {
  "no link": { link: () => "none", answer: 404 },
  "a changed link": { link: ({ token }) => changed(token), answer: 404 },
  "a link with a changed epoch": { link: ({ token }) => token.replace(/-0\./, "-1."), answer: 404 },
  "a link for another purpose": { link: (of) => signed(of, { purpose: "form" }), answer: 404 },
  "a link signed with another key": {
    link: (of) => signed(of, { secret: mailedLinkKey("address") }),
    answer: 404,
  },
  "a link to stop mail": { link: ({ email }) => sealEmailHash(identityCrypto().hashOf(email) ?? ""), answer: 404 },
  "an expired link": { link: (of) => linkTo(of, { isOld: true }), answer: 303 },
  "a revoked link": { link: (of) => linkTo(of, { linkEpoch: 7 }), answer: 303 },
};

function signed({ subscriptionId }: TestGiftIds, { purpose = "gift-link", secret = mailedLinkKey("gift") }): string {
  const at = new Date(gifts.now().getTime() + 86_400_000);
  return signToken({ purpose, secret, boundTo: "moscow-times", at, id: `${subscriptionId}-0` });
}

const LINKED = Object.keys(ACTIONS).filter((name) => name.includes(" /your-gift/[token]/"));

// These tests must run before the tests of ACTIONS below. In the tests of ACTIONS, the owners change the gifts to which
// the links of FORGED lead.
describe.each(Object.keys(FORGED))("the holder of %s", (kind) => {
  const { link, answer } = FORGED[kind] as (typeof FORGED)[string];

  // Leaves out the route `renew` for an expired or revoked link, because such a link can still be used to ask for a new
  // one.
  test.each(LINKED.filter((name) => answer === 404 || !name.endsWith("/renew")))(
    "changes nothing by calling %s",
    async (name) => {
      const owner = owners.get(name) as Owned;
      const before = await ledgerChangeToken(gifts.db);
      gifts.proxy.takeChanges();
      const answered = await ask(name, { person: "nobody", secret: link({ ...owner, token: linkTo(owner) }) });
      expect(answered).toMatchObject({ status: answer, location: expect.not.stringMatching(/^http/) });
      expect([await ledgerChangeToken(gifts.db), gifts.proxy.takeChanges()]).toEqual([before, []]);
    },
  );
});

describe.each(Object.keys(ACTIONS))("%s", (name) => {
  const right = declared.get(name) ?? "";

  test.each(PEOPLE.map((person, i) => [person, ANSWERS[right]?.[i] ?? "no right"] as const))(
    "%s: %s",
    async (person, expected) => {
      const owner = owners.get(name) as Owned;
      const session = await sessionOf(person, owner);
      const theirs = expected === "own" ? await rowsAbout(owner) : [];
      const before = await ledgerChangeToken(gifts.db);
      gifts.proxy.takeChanges();
      const answer = await ask(name, { person, session });
      const isChanged = (await ledgerChangeToken(gifts.db)) !== before;
      const atStripe = gifts.proxy.takeChanges();
      if (expected === "done") return expectDone(name, answer, { isChanged: isChanged || atStripe.length > 0 });
      const said = [...atStripe, answer.location, answer.text].join("\n");
      for (const secret of [owner.subscriptionId, owner.customerId, owner.email]) expect(said).not.toContain(secret);
      if (expected === "own") return expect(await rowsAbout(owner)).toEqual(theirs);
      expect([isChanged, atStripe]).toEqual([false, []]);
      if (expected === 404) expect(answer.status).toBe(404);
      else expect(answer.location).toMatch(/^\/sign-in\?|^\/supporters$/);
    },
  );
});

function expectDone(name: string, { status, location }: Answered, { isChanged }: { isChanged: boolean }): void {
  expect(location).not.toMatch(/^\/sign-in/);
  expect([200, 303]).toContain(status);
  if (name.startsWith("POST")) expect(isChanged).toBe(true);
  if (name.endsWith("[token]/pay")) expect(location).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/i\//);
}
