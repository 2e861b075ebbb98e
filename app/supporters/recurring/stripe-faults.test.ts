// Tests forms of recurring gifts if Stripe fails while the site processes the form. If the form is then sent again, no
// change may be made twice.
import { join } from "node:path";
import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import type Stripe from "stripe";
import { accountIdOf, postControlAction, TEST_API_KEY } from "stripe-sandbox/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listRecurringGiftsToFetch } from "@/domain/ledger/store/recurring-gifts";
import { signGiftLinkToken } from "@/systems/links/gift-link";
import { syncRecurringGift } from "@/systems/recurring-gifts";
import {
  type GiftFixture,
  openGiftFixture,
  type TestGiftIds,
  testBrowserCookies,
} from "@/systems/testing/gift-fixture";
import { runInRequestOfTestBrowser } from "@/systems/testing/request-scope";
import { everyNthUnlessFullRun, isFullRun } from "@/tools/test/scope.mjs";

const ROOT = join(import.meta.dirname, "../../..");
const TIMEOUT_MS = 2_000;
const FAILED = "That did not work just now.";

type Standing = "running" | "late" | "paused" | "ending" | "ended" | "two";
type Form = Record<string, string> | ((of: Begun) => Record<string, string>);
type Verb = { path: string; standing?: Standing; form?: Form; says?: string };
type Begun = TestGiftIds & { email: string; customers: string[]; session: string; shown: string; token: string };

const shown = ({ shown: end }: Begun) => ({ shown: end });
const VERBS: Record<string, Verb> = {
  amount: { path: "/supporters/recurring/[id]/amount", form: { amount: "20" } },
  frequency: {
    path: "/supporters/recurring/[id]/frequency",
    form: (of) => ({ amount: "120", frequency: "yearly", ...shown(of) }),
  },
  date: { path: "/supporters/recurring/[id]/date", form: (of) => ({ day: "5", ...shown(of) }) },
  skip: { path: "/supporters/recurring/[id]/skip", form: shown },
  pause: { path: "/supporters/recurring/[id]/pause", form: { months: "3" } },
  "pause when overdue": { path: "/supporters/recurring/[id]/pause", form: { months: "3" }, standing: "late" },
  resume: { path: "/supporters/recurring/[id]/resume", standing: "paused" },
  cancel: { path: "/supporters/recurring/[id]/cancel/confirm", form: { reason: "other" } },
  "cancel when overdue": { path: "/supporters/recurring/[id]/cancel/confirm", standing: "late" },
  undo: { path: "/supporters/recurring/[id]/undo", standing: "ending" },
  again: { path: "/supporters/recurring/[id]/again", standing: "ended" },
  card: { path: "/supporters/recurring/[id]/card" },
  pay: { path: "/supporters/recurring/[id]/pay", standing: "late" },
  keep: {
    ...{ path: "/supporters/recurring/keep", standing: "two", form: ({ id }) => ({ gift: id }) },
    says: "Not every gift could be canceled.",
  },
  "pause by link": { path: "/your-gift/[token]/pause", form: { months: "2" } },
  "cancel by link": { path: "/your-gift/[token]/cancel" },
};
const NAMES = Object.keys(VERBS);

type Fault = { does: string; method?: "POST" | "DELETE"; status?: number; when?: "before" | "after" };
/**
 * Faults that hit every request to Stripe. Even the first request that a form causes fails, so Stripe changes nothing.
 */
const OF_ANY_REQUEST: Record<string, Fault[]> = {
  "refuses the connection": [{ does: "refuse" }],
  "does not answer": [{ does: "hang" }],
  "breaks off": [{ does: "reset" }],
  "answers with a gateway's page": [{ does: "html" }],
  "answers with 500": [{ does: "error", status: 500 }],
};
/** Faults that hit only requests that change something (POST and DELETE). They hit before Stripe changes anything. */
const OF_CHANGES: Record<string, Fault[]> = {
  "refuses changes": [
    { does: "error", status: 400, method: "POST" },
    { does: "error", status: 400, method: "DELETE" },
  ],
  "does not answer changes": [
    { does: "hang", method: "POST" },
    { does: "hang", method: "DELETE" },
  ],
};
const WITHOUT_EFFECT = { ...OF_ANY_REQUEST, ...OF_CHANGES };
/**
 * Returns the names of the forms to test with this fault. The full run tests every form with every fault. The usual run
 * tests every form with the faults in OF_CHANGES, but with only one of the faults in OF_ANY_REQUEST.
 */
function namesFacing(fault: string): string[] {
  const faults = Object.keys(OF_ANY_REQUEST);
  return NAMES.filter((_, i) => isFullRun || fault in OF_CHANGES || i % faults.length === faults.indexOf(fault));
}

/**
 * The forms to test with the fault "never answers": one form for each kind of request to Stripe. The list is short,
 * because each of these tests waits for the timeout. The usual run tests only three of them.
 */
const SLOW_VERBS = everyNthUnlessFullRun(2, [
  "amount",
  "skip",
  "again",
  "cancel when overdue",
  "pay",
  "cancel by link",
]);
/** Faults after which Stripe has done what was requested, but its answer does not arrive. */
const WITH_EFFECT: Record<string, Fault[]> = {
  "never answers": [
    { does: "hang", method: "POST", when: "after" },
    { does: "hang", method: "DELETE", when: "after" },
  ],
  "breaks off its answer": [
    { does: "reset", method: "POST", when: "after" },
    { does: "reset", method: "DELETE", when: "after" },
  ],
};

let gifts: GiftFixture;
/**
 * The sets of test gifts. Each set has one gift for each form that namesOf() returns for the set. All faults after
 * which nothing has changed at Stripe use the same set. Each fault in WITH_EFFECT has its own set.
 */
const sets = new Map<string, Map<string, Begun>>();
const SETS = ["without effect", ...Object.keys(WITH_EFFECT)];

beforeAll(async () => {
  process.env.STRIPE_TIMEOUT_MS = String(TIMEOUT_MS);
  gifts = await openGiftFixture({ clockStartsAt: "2026-12-10T12:00:00Z" });
  for (const set of SETS) sets.set(set, new Map());
  const isEarly = (name: string) => ["late", "ended"].includes(VERBS[name]?.standing ?? "");
  for (const names of [NAMES.filter(isEarly), NAMES.filter((name) => !isEarly(name))]) {
    for (const set of SETS)
      for (const name of names.filter((each) => namesOf(set).includes(each)))
        sets.get(set)?.set(name, await begin(VERBS[name] as Verb));
    if (names.some(isEarly)) await gifts.passUntil("2027-01-10T14:00:00Z");
  }
  for (const set of SETS.filter((each) => namesOf(each).includes("pay")))
    await gifts.putCard(giftOf(set, "pay"), "pm_card_mastercard");
  await gifts.recordNewEvents();
  for (const set of sets.values()) for (const each of set.values()) Object.assign(each, await pageOf(each));
});
afterAll(() => gifts.close());

async function begin({ standing }: Verb): Promise<Begun> {
  const { subscriptions } = gifts.stripe;
  const email = `supporter-${crypto.randomUUID()}@example.org`;
  const other = standing === "two" ? [await gifts.begin({}, { email })] : [];
  const gift = await gifts.begin({}, { email });
  const customers = [...other, gift].map(({ customerId }) => customerId);
  if (standing === "late") await gifts.putCard(gift, "pm_card_chargeCustomerFail");
  if (standing === "ending" || standing === "ended")
    await subscriptions.update(gift.subscriptionId, { cancel_at_period_end: true });
  if (standing === "paused")
    await subscriptions.update(gift.subscriptionId, { pause_collection: { behavior: "void" } });
  await gifts.recordNewEvents();
  const expiresAt = new Date(gifts.now().getTime() + 100 * 86_400_000);
  const token = signGiftLinkToken({ subscriptionId: gift.subscriptionId, linkEpoch: 0, expiresAt });
  return { ...gift, email, customers, session: "", shown: "", token };
}

/**
 * Signs the gift's supporter in again, because earlier sessions have expired since the test moved the clock. Returns
 * the new session and the end of the paid period.
 */
async function pageOf(gift: Begun): Promise<Pick<Begun, "session" | "shown">> {
  await gifts.signIn(gift.email);
  return { session: testBrowserCookies.session, shown: await gifts.shownOf(gift) };
}

// biome-ignore lint/suspicious/noExplicitAny: each kind of route exports functions of its own
const load = (file: string): Promise<any> => import(join(ROOT, "app", file));
const paramsOf = ({ id, token }: Begun) => Promise.resolve({ id, token });

type Answered = { location: string; note: string };

async function press(name: string, gift: Begun): Promise<Answered> {
  const { path, form = {} } = VERBS[name] as Verb;
  const { POST } = await load(`${path}/route.ts`);
  const headers = { "sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded" };
  const body = new URLSearchParams(typeof form === "function" ? form(gift) : form);
  const request = new Request("http://127.0.0.1:3000/", { method: "POST", headers, body });
  const answer: Response = await runInRequestOfTestBrowser(gift, () => POST(request, { params: paramsOf(gift) }));
  const [, note = ""] = /^note[^=]*=([^;]*)/.exec(answer.headers.get("set-cookie") ?? "") ?? [];
  expect(answer.status).toBe(303);
  return { location: answer.headers.get("location") ?? "", note };
}

async function pageAfter(name: string, gift: Begun, { note }: Answered): Promise<string> {
  const isLinked = VERBS[name]?.path.startsWith("/your-gift");
  const page = await load(isLinked ? "your-gift/[token]/page.tsx" : "supporters/recurring/[id]/page.tsx");
  const props = { params: paramsOf(gift), searchParams: Promise.resolve({}) };
  const rendered: ReactElement = await runInRequestOfTestBrowser({ session: gift.session, note }, () =>
    page.default(props),
  );
  return renderToStaticMarkup(rendered)
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ");
}

/** The number of calls to Stripe that failed because of the faults during the latest call of whileStripe(). */
let failedCalls = 0;

async function whileStripe<T>(faults: Fault[], act: () => Promise<T>): Promise<T> {
  for (const fault of faults) await postControlAction(gifts.bench.url, "call-faults", fault);
  try {
    return await act();
  } finally {
    const { faults: ended } = await (await fetch(`${gifts.bench.url}/_sandbox/faults`)).json();
    failedCalls = ended.reduce((sum: number, { struck }: { struck: number }) => sum + struck, 0);
    await postControlAction(gifts.bench.url, "end-faults", {});
  }
}

/**
 * Returns the gift's subscriptions, invoices and charges at Stripe. Reads the stand-in's memory, because HTTP would be
 * too slow here.
 */
function atStripe({ customers }: Begun): string {
  const account = gifts.bench.sandbox.account(accountIdOf(TEST_API_KEY));
  const all = customers.map((customer) => {
    const where = { customer };
    const [invoices, charges] = [account.list("invoice", { where }), account.list("charge", { where })];
    return [account.list("subscription", { where }), invoices.map(statusOf), charges.map(statusOf)];
  });
  return JSON.stringify(all);
}

function statusOf({ id, status }: Stripe.Invoice | Stripe.Charge): string {
  return `${id} ${status}`;
}

/** Returns the gift's database row without the columns about fetching the gift from Stripe. */
async function rowOf({ id }: TestGiftIds) {
  const row = await gifts.db.recurringGift.findUniqueOrThrow({ where: { id } });
  const { changesSeen: _seen, changesFetched: _fetched, fetchAfter: _after, fetchAttempts: _attempts, ...state } = row;
  return state;
}

/** Fetches the changed gifts from Stripe, as the background jobs do half a minute later. */
async function fetchChanged(): Promise<void> {
  const now = new Date(gifts.now().getTime() + 30_000);
  for (const gift of await listRecurringGiftsToFetch(gifts.db, { now, limit: 100 }))
    await syncRecurringGift(gifts.db, { ...gift, changeNumber: gift.changesSeen });
}

type Before = { stripe: string; row: object };
const setOf = (name: string) => sets.get(name) as Map<string, Begun>;
const giftOf = (set: string, name: string) => setOf(set).get(name) as Begun;

async function stateOf(set: string, names: string[]): Promise<Map<string, Before>> {
  const states = new Map<string, Before>();
  for (const name of names) {
    const gift = giftOf(set, name);
    states.set(name, { stripe: atStripe(gift), row: await rowOf(gift) });
  }
  return states;
}

/**
 * Submits the forms of a set and returns the responses. Submits them in parallel, because most faults make each form
 * wait for Stripe. If Stripe answers at once (status 400), submits them one after another.
 */
async function pressAll(set: string, names: string[], faults: Fault[]): Promise<Map<string, Answered>> {
  const answers = new Map<string, Answered>();
  const pressOne = async (name: string) => void answers.set(name, await press(name, giftOf(set, name)));
  if (faults.every(({ status }) => status === 400)) for (const name of names) await pressOne(name);
  else await Promise.all(names.map(pressOne));
  return answers;
}

/**
 * Returns the names of the forms that have a test gift in `set`, which is one of SETS. The set "never answers" contains
 * only SLOW_VERBS. In the usual run, the set "breaks off its answer" leaves out SLOW_VERBS. In all other cases, a set
 * contains all forms.
 */
const namesOf = (set: string) => {
  if (set === "never answers") return SLOW_VERBS;
  return NAMES.filter((name) => isFullRun || set !== "breaks off its answer" || !SLOW_VERBS.includes(name));
};

describe.each(Object.entries(WITHOUT_EFFECT))("Stripe %s", (fault, faults) => {
  const names = namesFacing(fault);
  let before: Map<string, Before>;
  let answers: Map<string, Answered>;
  beforeAll(async () => {
    before = await stateOf("without effect", names);
    answers = await whileStripe(faults, () => pressAll("without effect", names, faults));
  });

  // Each call that fails can take as long as its timeout. If the form gives up after two of them, the page still
  // answers in time.
  test(`during ${fault}: no form makes more than two calls that fail`, () => {
    expect(failedCalls).toBeLessThanOrEqual(names.length * 2);
  });

  test.each(names)("during %s: the page answers with a clear sentence, and nothing is partly done", async (name) => {
    const gift = giftOf("without effect", name);
    const answer = answers.get(name) as Answered;
    expect(await pageAfter(name, gift, answer)).toContain(VERBS[name]?.says ?? FAILED);
    expect({ stripe: atStripe(gift), row: await rowOf(gift) }).toEqual(before.get(name));
  });
});

describe.each(Object.entries(WITH_EFFECT))("Stripe does what was asked and %s", (set, faults) => {
  let before: Map<string, Before>;
  let answers: Map<string, Answered>;
  let pages: Map<string, string>;
  beforeAll(async () => {
    before = await stateOf(set, namesOf(set));
    answers = await whileStripe(faults, () => pressAll(set, namesOf(set), faults));
    pages = new Map();
    for (const [name, answer] of answers) pages.set(name, await pageAfter(name, giftOf(set, name), answer));
    await fetchChanged();
  });

  test.each(namesOf(set).filter((name) => name !== "card"))(
    "during %s: the page shows a clear sentence, and the job then records the change",
    async (name) => {
      const gift = giftOf(set, name);
      expect(pages.get(name)).toContain(VERBS[name]?.says ?? FAILED);
      const { stripe, row } = before.get(name) as Before;
      expect(atStripe(gift)).not.toBe(stripe);
      if (name !== "keep" && name !== "again") expect(await rowOf(gift)).not.toEqual(row);
    },
  );

  test.each(namesOf(set))(
    "a second press of %s finishes what was requested, and a third changes nothing",
    async (name) => {
      const gift = giftOf(set, name);
      await press(name, gift);
      const done = atStripe(gift);
      await gifts.recordNewEvents();
      await press(name, gift);
      expect(atStripe(gift)).toBe(done);
      expect(await pageAfter(name, gift, { location: "", note: "" })).not.toContain(FAILED);
    },
  );
});

test.each(NAMES)(
  "%s works afterwards, and a double click, a stale tab and the back button have no second effect",
  async (name) => {
    const gift = giftOf("without effect", name);
    const before = atStripe(gift);
    await Promise.all([press(name, gift), press(name, gift)]);
    const done = atStripe(gift);
    if (name !== "card") expect(done).not.toBe(before);
    await press(name, gift);
    await gifts.recordNewEvents();
    await press(name, gift);
    expect(atStripe(gift)).toBe(done);
  },
);
