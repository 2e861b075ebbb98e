// Requests every route of the site as the people below, and compares the responses with docs/rights.md.

import { mkdtempSync, readFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { discoverRoutes } from "next/dist/build/route-discovery";
import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { translator } from "@/content/messages";
import { newGiftId } from "@/domain/giving/gift-id";
import { nonDefaultLanguages } from "@/domain/languages";
import { hasRight, STAFF_RIGHTS } from "@/domain/newsroom/staff/roles";
import type { Role } from "@/domain/staff-role";
import type { Staff } from "@/generated/sqlite/client";
import { openEmptyLedger } from "@/prisma/empty-ledger";
import { publication } from "@/publication";
import { seedFirstAppeal } from "@/systems/appeals/seed";
import { currentTime } from "@/systems/clock";
import { getFirstAppealVariant, listArticles, listLetters } from "@/systems/content";
import { newFormToken } from "@/systems/giving/form-token";
import { identityCrypto } from "@/systems/identity";
import { sealEmailHash } from "@/systems/links/address-link";
import { signGiftLinkToken } from "@/systems/links/gift-link";
import { ledgerChangeToken } from "@/systems/testing/ledger-rows";
import { runInRequestOfTestBrowser, statusOfRedirectOrNotFound } from "@/systems/testing/request-scope";
import { setRuntimeDatabase } from "@/systems/testing/runtime";
import { signInForTests } from "@/systems/testing/sign-in-for-tests";
import { isFullRun } from "@/tools/test/scope.mjs";

const ROOT = import.meta.dirname;
const SITE = "http://127.0.0.1:3000";
const OWN_PAGE = { "sec-fetch-site": "same-origin" };
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

type Route = { path: string; file: string; kind: "page" | "handler" | "reader page" | "api" };
type Endpoint = Route & { method: string };
type Answer = "open" | "sign in first" | "code first" | "not found" | "forbidden" | "letters closed";
type Person = keyof typeof PEOPLE | ColleagueName;

/**
 * The people who send the requests, each with their e-mail address, or with null if they have no session. All requests
 * are about the gifts of "the owner".
 */
const PEOPLE = {
  nobody: null,
  "someone who never gave": "reader@example.org",
  "the owner": "rosa@example.org",
  "another supporter": "anna@example.org",
  staff: "editor@example.org",
};

/** `codeAgeMinutes`: how many minutes ago the colleague entered their code, or null if never. */
type ColleagueCase = { role: Role; codeAgeMinutes: number | null; row?: Partial<Staff> };

/**
 * The colleagues whose e-mail addresses are not in STAFF_EMAILS. The person `staff` in PEOPLE is also a colleague, but
 * with an address in STAFF_EMAILS. That person has just entered their second-factor code.
 */
const COLLEAGUES = {
  "a viewer": { role: "viewer", codeAgeMinutes: 0 },
  "an editor": { role: "editor", codeAgeMinutes: 0 },
  "a care colleague": { role: "care", codeAgeMinutes: 0 },
  "an admin": { role: "admin", codeAgeMinutes: 0 },
  "an admin without the code": { role: "admin", codeAgeMinutes: null },
  "an admin with a code of eleven minutes ago": { role: "admin", codeAgeMinutes: 11 },
  "an admin with a code of last night": { role: "admin", codeAgeMinutes: 12 * 60 },
  "an invited admin": { role: "admin", codeAgeMinutes: null, row: { invitedUntil: new Date(Date.now() + 3_600_000) } },
  "an admin whose invitation has expired": { role: "admin", codeAgeMinutes: 0, row: { invitedUntil: new Date(0) } },
  "a removed admin": { role: "admin", codeAgeMinutes: 0, row: { until: new Date(0) } },
} satisfies Record<string, ColleagueCase>;
/** The colleague whom the requests remove, change and invite again. */
const FORMER = "a former colleague";
type ColleagueName = keyof typeof COLLEAGUES;
/**
 * The colleagues with whom the usual run tests every endpoint for staff. It tests the two admins only at endpoints that
 * must refuse them. "an admin" is not needed here, because "staff" in PEOPLE is also an admin who has just entered a
 * code. A viewer is not needed, because an editor and a care colleague have all of a viewer's rights.
 */
const DISTINCT: ColleagueName[] = [
  ...(["an editor", "a care colleague"] as const),
  ...(["an admin without the code", "an admin with a code of eleven minutes ago"] as const),
];
const colleagues = Object.entries(COLLEAGUES) as [ColleagueName, ColleagueCase][];

const FOREIGN_FORMS: [string, Record<string, string>][] = [
  ["from another site", { "sec-fetch-site": "cross-site", origin: SITE }],
  ["from a sibling site", { "sec-fetch-site": "same-site", origin: SITE }],
  ["with another origin", { origin: "https://elsewhere.example" }],
  ["without an origin", {}],
];

const ANSWERS: Record<string, Answer[]> = {
  everyone: ["open", "open", "open", "open", "open"],
  "everyone, if published": Array.from({ length: 5 }, () => (publication.publishesIncome ? "open" : "not found")),
  "own form": ["open", "open", "open", "open", "open"],
  "everyone, if offered": Array.from({ length: 5 }, () =>
    nonDefaultLanguages(publication).length > 0 ? "open" : "not found",
  ),
  link: ["open", "open", "open", "open", "open"],
  "signed in": ["sign in first", "open", "open", "open", "open"],
  supporter: ["sign in first", "letters closed", "open", "open", "letters closed"],
  "has given": ["sign in first", "not found", "open", "open", "not found"],
  owner: ["sign in first", "not found", "open", "not found", "not found"],
  ...Object.fromEntries(
    [
      ...["colleague", "staff", "staff, fresh code", "staff: people, fresh code"],
      ...STAFF_RIGHTS.map((right) => `staff: ${right}`),
    ].map((right) => [right, ["sign in first", "not found", "not found", "not found", "open"]]),
  ),
  "mail program": ["not found", "not found", "not found", "not found", "not found"],
  "feed address": ["not found", "not found", "not found", "not found", "not found"],
  "gift address": ["not found", "not found", "not found", "not found", "not found"],
  Stripe: ["forbidden", "forbidden", "forbidden", "forbidden", "forbidden"],
};

/** The year of the requested statement. Only the owner gave in this year. */
const OWN_YEAR = "2019";
const entryOfOwnYear = {
  ...{ key: "payment:own", kind: "payment", paymentId: "payment_own", amountMinor: 1000n, currency: "USD" },
  ...{ occurredAt: new Date(`${OWN_YEAR}-06-01`), recordedAt: new Date(`${OWN_YEAR}-06-01`) },
};

const EXPERIMENT = "x_00000001";
const waitingRefund = {
  ...{ id: "request_own", kind: "refund", about: "payment:payment_own", openAbout: "payment:payment_own" },
  ...{ amountMinor: 1000n, currency: "USD", why: "asked", status: "waiting", askedBy: "colleague_care" },
  ...{ askedAt: new Date(), expiresAt: new Date(Date.now() + 86_400_000) },
};

const dispute = {
  ...{ id: "dispute_own", paymentIntentId: "pi_own", paymentId: "payment_own", amountMinor: 1000n, currency: "USD" },
  ...{ status: "needs_response", reason: "fraudulent", openedAt: new Date(), recordedAt: new Date() },
};
const evidence = { texts: { uncategorized_text: "They gave." }, withAddress: false };

let stripeRequests = 0;
const stripe = await listen((request, response) => {
  stripeRequests += 1;
  request.resume();
  response.writeHead(400, { "Content-Type": "application/json" }).end('{"error":{"type":"invalid_request_error"}}');
});
Object.assign(process.env, {
  SITE_URL: SITE,
  DATABASE_URL: "file:/dev/null/never-opened.db",
  STRIPE_SECRET_KEY: "sk_test_rights",
  STRIPE_WEBHOOK_SECRET: "whsec_only_for_tests",
  STRIPE_API_BASE: addressOf(stripe),
  SMTP_URL: "smtp://127.0.0.1:9",
  NEXTAUTH_SECRET: "x".repeat(32),
  IDENTITY_KEY: Buffer.alloc(32, 1).toString("base64"),
  STAFF_EMAILS: PEOPLE.staff,
  ERASURES_FILE: join(mkdtempSync(join(tmpdir(), "appeal-rights-")), "erasures.jsonl"),
});

const declared = readTable(readFileSync(join(ROOT, "docs/rights.md"), "utf8"));
/**
 * The paths that are requested last, because they make later requests fail. After a request for new recovery codes,
 * every page is closed until the colleague confirms having stored the codes. The sign-out ends a session.
 */
const LAST = ["/newsroom/account/recovery-codes", "/supporters/sign-out"];
// Opens the ledger here and not in beforeAll: listEndpoints(), which runs before beforeAll, sends requests that need a
// ledger.
const db = await openEmptyLedger();
setRuntimeDatabase(db);
const endpoints = (await Promise.all((await listRoutes()).map(listEndpoints)))
  .flat()
  .sort((a, b) => LAST.indexOf(a.path) - LAST.indexOf(b.path));

const sessions = new Map<Person, string>();

beforeAll(async () => {
  await seedFirstAppeal(db);
  await addSupporter("own", PEOPLE["the owner"]);
  await addSupporter("others", PEOPLE["another supporter"]);
  await db.entry.create({ data: entryOfOwnYear });
  await addPlan();
  await db.staffRequest.create({ data: waitingRefund });
  await db.dispute.create({ data: dispute });
  const textsSealed = identityCrypto().seal(JSON.stringify(evidence));
  const draft = {
    disputeId: dispute.id,
    by: "",
    version: 1,
    textsSealed,
    savedBy: "colleague_care",
    savedAt: new Date(),
  };
  await db.disputeDraft.create({ data: draft });
  const people: [string, string | null][] = Object.entries(PEOPLE);
  for (const [person, email] of people)
    if (email)
      sessions.set(
        person as Person,
        await signInForTests(db, email, { codeAgeMinutes: person === "staff" ? 0 : null }),
      );
  for (const [name, colleague] of colleagues) sessions.set(name, await addColleague(name, colleague));
  await addColleague(FORMER, { role: "viewer", codeAgeMinutes: null, row: { until: new Date(0) } });
});
afterAll(async () => {
  await db.$disconnect();
  stripe.close();
});

test("docs/rights.md declares every route that the build finds, and no other routes", () => {
  const found = endpoints.map(nameOf);
  expect(found.sort()).toEqual([...declared.keys()].sort());
});

test("docs/rights.md uses only rights that are tested here", () => {
  expect([...declared.values()].filter((right) => !(right in ANSWERS))).toEqual([]);
});

describe.each(endpoints.map((endpoint) => [nameOf(endpoint), endpoint] as const))("%s", (name, endpoint) => {
  const right = declared.get(name) ?? "none";
  const answers = ANSWERS[right] ?? [];
  const everyone = Object.keys(PEOPLE) as Person[];
  const askedAs = (answer: Answer) => {
    const people = everyone.filter((_, i) => answers[i] === answer);
    return answer === "not found" && right.startsWith("staff") ? rotate(people, endpoints.indexOf(endpoint)) : people;
  };

  test.each([...new Set(answers)].map((answer) => [answer, askedAs(answer)] as const))(
    "answers %j to: %j",
    async (answer, people) => {
      const expected = { headers: OWN_PAGE, answer };
      await (answer === "open" ? expectOpen(endpoint, people, expected) : expectRefused(endpoint, people, expected));
    },
  );

  test("lets each colleague in or refuses them, by role and age of the second factor", async () => {
    const asking = colleaguesAsking(right, endpoints.indexOf(endpoint));
    const expected = asking.map(([name, colleague]) => [name, answerTo(colleague, right)] as const);
    for (const answer of new Set(expected.map(([, each]) => each))) {
      const people = expected.filter(([, each]) => each === answer).map(([name]) => name);
      const expectedAnswer = { headers: OWN_PAGE, answer };
      await (answer === "open"
        ? expectOpen(endpoint, people, expectedAnswer)
        : expectRefused(endpoint, people, expectedAnswer));
    }
  });

  if (endpoint.method === "GET" || right === "Stripe" || right === "mail program") return;

  test.each(rotate(FOREIGN_FORMS, endpoints.indexOf(endpoint)))(
    "refuses a form %s from everyone",
    async (_, headers) => {
      await expectRefused(endpoint, everyone, { headers, answer: "forbidden" });
    },
  );
});

test.each(
  endpoints
    .filter(({ kind, method }) => kind === "handler" && method !== "GET")
    .filter((endpoint) => declared.get(nameOf(endpoint)) !== "mail program")
    .map((endpoint) => [nameOf(endpoint), endpoint] as const),
)("%s asks the reader to try again if the ledger is unavailable", async (name, endpoint) => {
  const unavailable = Promise.reject(Object.assign(new Error("no answer"), { code: "P1001" }));
  unavailable.catch(() => {});
  setRuntimeDatabase(unavailable);
  onTestFinished(() => setRuntimeDatabase(db));
  const module = await load(endpoint);
  const person = declared.get(name)?.startsWith("staff: ") ? "staff" : "the owner";
  const response = await inRequestAs(person, () => requestHandler(endpoint, { module, headers: OWN_PAGE }));
  expect(response.status).toBe(303);
  expect(response.headers.get("location")).toMatch(/^\/try-again\?back=%2F|^\/give\?.*&problem=busy$/);
});

/**
 * Returns the colleagues whose access to the endpoint is tested. A full run tests all of them. The usual run tests one
 * at an endpoint that is not for staff. At a staff endpoint it tests those in DISTINCT (an admin only if the endpoint
 * must refuse them) and one of the others. One of the others is enough, because all endpoints check colleagues with the
 * same code.
 */
function colleaguesAsking(right: string, index: number): [ColleagueName, ColleagueCase][] {
  if (!right.startsWith("staff")) return rotate(colleagues, index);
  const isDistinct = ([name, colleague]: [ColleagueName, ColleagueCase]) =>
    DISTINCT.includes(name) && (colleague.role !== "admin" || answerTo(colleague, right) !== "open");
  const rest = colleagues.filter((each) => !isDistinct(each));
  return [...colleagues.filter(isDistinct), ...rotate(rest, index)];
}

/** Returns all examples in a full run. In the usual run, returns one, which depends on `index`. */
function rotate<T>(examples: readonly T[], index: number): T[] {
  return examples.filter((_, i) => isFullRun || i === index % examples.length);
}

/**
 * Returns the answer that the colleague must get. A removed colleague, or one whose invitation has expired, gets the
 * same answer as somebody who never gave.
 */
function answerTo({ role, codeAgeMinutes, row }: ColleagueCase, right: string): Answer {
  const [ofStranger, ofStaff] = [ANSWERS[right]?.[1], ANSWERS[right]?.[4]];
  if (row?.until || row?.invitedUntil?.getTime() === 0) return ofStranger ?? "forbidden";
  if (!right.startsWith("staff")) return ofStaff ?? "forbidden";
  const staffRight = STAFF_RIGHTS.find((each) => right.replace(/, fresh code$/, "") === `staff: ${each}`);
  const isFreshAsked = right.endsWith("fresh code") || staffRight === "settings" || staffRight === "exports";
  if (codeAgeMinutes === null || codeAgeMinutes >= (isFreshAsked ? 10 : 12 * 60)) return "code first";
  return staffRight && !hasRight(role, staffRight) ? "not found" : "open";
}

type Expected = { headers: Record<string, string>; answer: Answer };

/** Expects the answer for each person. Sends all requests at once, because some responses are delayed on purpose. */
async function expectOpen(endpoint: Endpoint, people: readonly Person[], expected: Expected): Promise<void> {
  const { dynamic } = endpoint.kind === "api" ? {} : await load(endpoint);
  // A `force-static` page is the same for everybody, so one request is enough.
  const asking = dynamic === "force-static" ? people.slice(0, 1) : people;
  await Promise.all(asking.map((person) => expectAnswer(endpoint, person, expected)));
}

async function expectRefused(endpoint: Endpoint, people: readonly Person[], expected: Expected): Promise<void> {
  stripeRequests = 0;
  const before = await ledgerChangeToken(db);
  for (const person of people) await expectAnswer(endpoint, person, expected);
  expect(stripeRequests).toBe(0);
  expect(await ledgerChangeToken(db)).toBe(before);
}

async function expectAnswer(endpoint: Endpoint, person: Person, { headers, answer }: Expected): Promise<void> {
  expect(await inRequestAs(person, () => answerOf(endpoint, headers)), `${nameOf(endpoint)} as ${person}`).toBe(answer);
}

function inRequestAs<T>(person: Person, request: () => Promise<T>): Promise<T> {
  return runInRequestOfTestBrowser({ session: sessions.get(person) }, request);
}

async function answerOf(endpoint: Endpoint, headers: Record<string, string>): Promise<Answer> {
  if (endpoint.kind === "api") return answerOfStatus(await askApi(endpoint, headers));
  const module = await load(endpoint);
  if (endpoint.kind === "reader page") return askReaderPage(module, endpoint);
  try {
    return endpoint.kind === "page" ? await askPage(endpoint, module) : await askHandler(endpoint, { module, headers });
  } catch (error) {
    return answerOfThrown(error, endpoint);
  }
}

/** Requests a page as well as its metadata, because a title could reveal what only some people are allowed to know. */
async function askPage(endpoint: Endpoint, module: RouteModule): Promise<Answer> {
  const props = () => ({ params: Promise.resolve(paramsOf(endpoint)), searchParams: Promise.resolve({}) });
  const rendered = await module.default(props());
  await module.generateMetadata?.(props());
  if (typeof rendered !== "object" || !("type" in rendered)) return "open";
  const html = renderToStaticMarkup(rendered as ReactElement);
  const isClosed = html.includes(translator(publication.defaultLanguage)("supporters.closed.why"));
  // The text `supporters.closed.why` counts as a refusal only on a path with `/letters/`. The supporters' start page
  // contains it too, although that page is open to people who have never given.
  return isClosed && endpoint.path.includes("/letters/") ? "letters closed" : "open";
}

type Sent = { module: RouteModule; headers: Record<string, string> };

async function askHandler(endpoint: Endpoint, sent: Sent): Promise<Answer> {
  const { status, headers } = await requestHandler(endpoint, sent);
  const asksForCode = /^\/newsroom\/code(\/set-up)?\?/.test(headers.get("location") ?? "");
  return asksForCode && !endpoint.path.startsWith("/newsroom/code") ? "code first" : answerOfStatus(status);
}

function requestHandler(endpoint: Endpoint, { module, headers }: Sent): Promise<Response> {
  const form = { form: newFormToken(new Date(Date.now() - 2_000)), every: "once", amount: "10", currency: "USD" };
  const body =
    endpoint.method === "GET"
      ? undefined
      : new URLSearchParams({ ...form, gift: newGiftId(), email: "new@example.org" });
  const request = new Request(SITE + endpoint.path, { method: endpoint.method, headers, body });
  return module[endpoint.method](request, { params: Promise.resolve(paramsOf(endpoint)) });
}

async function askReaderPage(module: RouteModule, { path }: Endpoint): Promise<Answer> {
  const response = { statusCode: 200, setHeader() {} };
  const inLanguage = path.startsWith("/[language]") && { language: languageOf(path) };
  const params = { slug: listArticles()[0]?.slug, ...inLanguage };
  const context = { query: {}, params, req: { headers: {} }, res: response };
  const result = await (module.getServerSideProps ?? module.getStaticProps ?? (() => ({ props: {} })))(context);
  return "props" in result ? "open" : "not found";
}

async function askApi(endpoint: Endpoint, headers: Record<string, string>): Promise<number> {
  const server = await listen((await load(endpoint)).default);
  const response = await fetch(addressOf(server) + endpoint.path, {
    method: endpoint.method,
    headers,
    ...(endpoint.method === "GET" ? {} : { body: "{}" }),
  });
  server.close();
  return response.status;
}

function answerOfStatus(status: number): Answer {
  if (status === 404) return "not found";
  return status === 400 || status === 401 || status === 403 ? "forbidden" : "open";
}

function answerOfThrown(error: unknown, { path }: Endpoint): Answer {
  const { status, location } = statusOfRedirectOrNotFound(error);
  if (status === 404) return "not found";
  if (location.startsWith("/newsroom/code") && !path.startsWith("/newsroom/code")) return "code first";
  return location.startsWith("/sign-in?next=") ? "sign in first" : "open";
}

function paramsOf({ path }: Endpoint): Record<string, string> {
  const letter = listLetters(publication.defaultLanguage)[0]?.slug ?? "";
  const all: Record<string, string> = {
    token: path.includes("[token]") ? ownLink(path) : "",
    id: idOf(path),
    ...{ variant: "a", language: languageOf(path), part: "goal", number: "1" },
    paymentId: "payment_own",
    supporterId: "supporter_own",
    requestId: "request_own",
    disputeId: "dispute_own",
    verb: "cancel",
    year: OWN_YEAR,
    slug: letter,
    experiment: EXPERIMENT,
    table: path.startsWith("/newsroom/recurring/") ? "cohorts.csv" : "steps.csv",
    list: "ended",
    file: pictureOf(path),
  };
  return Object.fromEntries([...path.matchAll(/\[(\w+)\]/g)].map(([, name = ""]) => [name, all[name] ?? "none"]));
}

function languageOf(path: string): string {
  return path.startsWith("/[language]") ? (nonDefaultLanguages(publication)[0] ?? "none") : publication.defaultLanguage;
}

function pictureOf(path: string): string {
  const article = listArticles().find(({ picture }) => picture?.src);
  return String(path.startsWith("/cards/") ? `${article?.slug}.jpg` : article?.picture?.src?.split("/").at(-1));
}

function idOf(path: string): string {
  if (path.startsWith("/newsroom/appeals/")) return getFirstAppealVariant(publication.defaultLanguage).id;
  return path.startsWith("/newsroom/settings/") ? FORMER : "recurring_own";
}

function ownLink(path: string): string {
  return path.startsWith("/your-gift/") ? ownGiftLink() : ownAddressLink();
}

function ownGiftLink(): string {
  return signGiftLinkToken({ subscriptionId: "sub_own", linkEpoch: 0, expiresAt: new Date(Date.now() + 86_400_000) });
}

function ownAddressLink(): string {
  return sealEmailHash(identityCrypto().hashOf(PEOPLE["the owner"]) ?? "");
}

// biome-ignore lint/suspicious/noExplicitAny: each kind of route exports functions of its own
type RouteModule = Record<string, any>;

function load({ file }: Route): Promise<RouteModule> {
  return import(file);
}

async function listRoutes(): Promise<Route[]> {
  const found = await discoverRoutes({
    appDir: join(ROOT, "app"),
    pagesDir: join(ROOT, "pages"),
    pageExtensions: ["tsx", "ts", "jsx", "js"],
    isDev: false,
    baseDir: ROOT,
  });
  const ofKind = (kind: Route["kind"], routes: { route: string; filePath: string }[]) =>
    routes.map(({ route: path, filePath: file }) => ({ path, file, kind }));
  return [
    ...ofKind("page", found.appRoutes),
    ...ofKind("handler", found.appRouteHandlers),
    ...ofKind("reader page", found.pageRoutes),
    ...ofKind("api", found.pageApiRoutes),
  ].filter(({ path }) => path !== "/404" && path !== "/500");
}

async function listEndpoints(route: Route): Promise<Endpoint[]> {
  if (route.kind === "api") return listApiEndpoints(route);
  if (route.kind !== "handler") return [{ ...route, method: "GET" }];
  const module = await load(route);
  return METHODS.filter((method) => method in module).map((method) => ({ ...route, method }));
}

/**
 * Sends a request with each method to the handler, and lists the methods whose response is not 405. Under pages/api/,
 * one exported function handles all methods, so the exports do not show them.
 */
async function listApiEndpoints(route: Route): Promise<Endpoint[]> {
  const all = METHODS.map((method) => ({ ...route, method }));
  const isTaken = await Promise.all(all.map(async (endpoint) => (await askMethod(endpoint)) !== 405));
  return all.filter((_, i) => isTaken[i]);
}

async function askMethod(endpoint: Endpoint): Promise<number> {
  const server = await listen((await load(endpoint)).default);
  const response = await fetch(addressOf(server), { method: endpoint.method });
  server.close();
  return response.status;
}

async function listen(listener: RequestListener): Promise<Server> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function nameOf({ method, path }: Endpoint): string {
  return `${method} ${path}`;
}

function readTable(text: string): Map<string, string> {
  const rows = text.matchAll(/^\| `([A-Z]+ [^`]+)` \| ([^|]+) \|/gm);
  return new Map([...rows].map(([, endpoint = "", right = ""]) => [endpoint, right.trim()]));
}

async function addPlan(): Promise<void> {
  const sizes = { capMinor: 20_000n, plannedReaders: 1_000, smallestEffectMilli: 500, lastDay: 25_000 };
  const plan = { appeal: "first", arms: '[{"arm":"a","share":90},{"arm":"hold-out","share":10}]', rates: "{}" };
  const words = { name: "Does asking help?", currency: "USD", createdAt: currentTime() };
  await db.experiment.create({ data: { id: EXPERIMENT, ...words, ...plan, ...sizes } });
}

async function addColleague(name: string, { role, codeAgeMinutes, row }: ColleagueCase): Promise<string> {
  const email = `${name.replaceAll(" ", "-")}@example.org`;
  const address = identityCrypto().sealAddress(email);
  if (!address) throw new Error(`${email} is not a valid e-mail address`);
  await db.staff.create({ data: { ...address, id: name, role, since: currentTime(), ...row } });
  return signInForTests(db, email, { codeAgeMinutes });
}

async function addSupporter(name: string, email: string): Promise<void> {
  const now = currentTime();
  const address = identityCrypto().sealAddress(email);
  if (!address) throw new Error(`${email} is not a valid e-mail address`);
  const supporterId = `supporter_${name}`;
  const addresses = { create: { ...address, since: now } };
  await db.supporter.create({ data: { id: supporterId, locale: "en", createdAt: now, addresses } });
  const money = { amountMinor: 1000n, currency: "USD", frequency: "monthly" };
  const gift = { id: `recurring_${name}`, subscriptionId: `sub_${name}`, status: "active", startedAt: now };
  await db.recurringGift.create({ data: { ...money, ...gift, supporterId, recordedAt: now } });
  const paid = { id: `payment_${name}`, status: "succeeded", paidAt: now, recordedAt: now };
  await db.payment.create({ data: { ...money, ...paid, supporterId, recurringGiftId: gift.id } });
}
