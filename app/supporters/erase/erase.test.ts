import { mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encode } from "next-auth/jwt";
import { renderToStaticMarkup } from "react-dom/server";
import {
  accountIdOf,
  monthlyGiftParams,
  postControlAction,
  submitCheckoutForm,
  TEST_API_KEY,
} from "stripe-sandbox/testing";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { queueMail } from "@/domain/ledger/outbox";
import { runJobsUntilIdle } from "@/lab/torture/run-jobs-until-idle";
import { getServerSideProps } from "@/pages/erased";
import { openEmptyLedger } from "@/prisma/empty-ledger";
import { publication } from "@/publication";
import { openSession } from "@/systems/auth/options";
import { currentTime } from "@/systems/clock";
import type { Db } from "@/systems/database";
import { env } from "@/systems/env";
import { continueErasures } from "@/systems/erasure";
import { erasureListPath } from "@/systems/erasure-list";
import { identityCrypto } from "@/systems/identity";
import { sendDueMail } from "@/systems/mail/send-due";
import type { OutgoingMail } from "@/systems/mail/transport";
import { makeTestGiftMetadata } from "@/systems/testing/own-metadata";
import { recordEventsInOrder } from "@/systems/testing/record-events";
import { setRuntime, setRuntimeDatabase } from "@/systems/testing/runtime";
import { openStandIn, type StandIn } from "@/systems/testing/stand-in";
import { testEnvironmentFor } from "@/systems/testing/stripes-books";
import { POST as confirm } from "./confirm/route";
import ErasePage from "./page";

const cookie = vi.hoisted(() => ({ value: "" }));
// Next provides cookies only inside its own server.
vi.mock("next/headers", () => ({
  cookies: async () => ({ get: () => ({ value: cookie.value }) }),
  headers: async () => new Headers(),
}));

const EMAIL = "anna.petrova@example.org";
const metadata = makeTestGiftMetadata();

let bench: StandIn;
let db: Db;

beforeAll(async () => {
  bench = await openStandIn();
  const list = join(mkdtempSync(join(tmpdir(), "appeal-erase-")), "erasures.jsonl");
  Object.assign(process.env, testEnvironmentFor(bench), { ERASURES_FILE: list, STRIPE_TIMEOUT_MS: "2000" });
});
afterAll(async () => {
  vi.doUnmock("next/headers");
  await bench.close();
});
beforeEach(async () => {
  bench.sandbox.reset(accountIdOf(TEST_API_KEY));
  db = await openEmptyLedger();
  setRuntimeDatabase(db);
  setRuntime({ eraseAfterMs: 0 });
});

async function begin(): Promise<{ subscription: string; customer: string }> {
  const gift = { ...monthlyGiftParams(), subscription_data: { metadata }, metadata };
  const session = await bench.stripe.checkout.sessions.create(gift);
  await submitCheckoutForm(session, { email: EMAIL });
  await recordAll();
  const token = await openSession(db, identityCrypto().hashOf(EMAIL) ?? "");
  cookie.value = await encode({ token, secret: env().NEXTAUTH_SECRET });
  const { subscription, customer } = await bench.stripe.checkout.sessions.retrieve(session.id);
  return { subscription: String(subscription), customer: String(customer) };
}

async function recordAll(): Promise<void> {
  await recordEventsInOrder(db, (await bench.stripe.events.list({ limit: 100 })).data.toReversed());
  await runJobsUntilIdle(db);
}

function press(fields: Record<string, string> = {}): Promise<Response> {
  const headers = { "sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded" };
  const request = new Request("http://127.0.0.1:3000/", { method: "POST", headers, body: new URLSearchParams(fields) });
  return confirm(request, { params: Promise.resolve({}) });
}

function mustSeal(email: string) {
  const sealed = identityCrypto().sealAddress(email);
  if (!sealed) throw new Error(`${email} is not a valid e-mail address`);
  return sealed;
}

async function page(): Promise<string> {
  return renderToStaticMarkup(await ErasePage())
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ");
}

async function erasedPage(location: string) {
  const query = Object.fromEntries(new URL(location, "http://127.0.0.1:3000").searchParams);
  return getServerSideProps({ query, req: { url: location, headers: { "accept-language": "en" } } } as never);
}

test("the page says which gift will end, what will be deleted and what remains", async () => {
  await begin();
  const text = await page();
  for (const said of [
    "Your gift of $10 a month ends at once, and nothing more is charged.",
    "We ask Stripe to delete it",
    "The line on your bank statement",
    "We delete it from our ledger after 90 days.",
    "Stripe’s own record of each payment",
  ])
    expect(text).toContain(said);
});

test("one press ends the gift, erases the supporter, deletes the customer and signs out every device", async () => {
  const { subscription, customer } = await begin();
  const cards = async () => (await db.recurringGift.findMany()).map(({ paymentMethodId }) => paymentMethodId);
  expect(await cards()).toEqual([expect.stringMatching(/^pm_/)]);
  const elsewhere = await openSession(db, identityCrypto().hashOf(EMAIL) ?? "");
  expect(elsewhere).toBeTruthy();
  const answer = await press();
  expect(answer.status).toBe(303);
  expect(answer.headers.get("clear-site-data")).toBe('"cookies"');
  expect(answer.headers.get("set-cookie")).toMatch(/^session=; .*Max-Age=0/);
  expect((await bench.stripe.subscriptions.retrieve(subscription)).status).toBe("canceled");
  await runJobsUntilIdle(db);
  expect(await bench.stripe.customers.retrieve(customer)).toMatchObject({ deleted: true });
  expect([await db.supporter.count(), await db.supporterAddress.count(), await db.session.count()]).toEqual([0, 0, 0]);
  expect(await db.payment.count()).toBe(1);
  expect(await cards()).toEqual([null]);
  expect(await db.outboxMail.count({ where: { kind: "erased" } })).toBe(1);
  expect(readFileSync(process.env.ERASURES_FILE ?? "", "utf8")).toContain("supporterId");
  expect(await erasedPage(answer.headers.get("location") ?? "")).toMatchObject({ props: { outcome: "erased" } });
});

test("“I am going back” erases the supporter, clears all data of the browser, and sends no e-mail", async () => {
  await begin();
  const answer = await press({ device: "quiet" });
  expect(answer.headers.get("clear-site-data")).toBe('"cookies", "storage", "cache"');
  expect(await db.supporter.count()).toBe(0);
  expect(await db.outboxMail.count({ where: { kind: "erased" } })).toBe(0);
  expect(await erasedPage(answer.headers.get("location") ?? "")).toMatchObject({ props: { outcome: "quiet" } });
});

test("after the erasure the page is still in the supporter's language", async () => {
  await begin();
  Object.assign(publication, { languages: ["en", "ru"] });
  onTestFinished(() => void Object.assign(publication, { languages: ["en"] }));
  await db.supporter.updateMany({ data: { locale: "ru" } });
  const answer = await press();
  expect(await erasedPage(answer.headers.get("location") ?? "")).toMatchObject({
    props: { outcome: "erased", locale: "ru" },
  });
});

test.each([
  "/erased",
  "/erased?done=quiet&signature=made-up",
  "/erased?done=erased&signature=0.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
])("the page claims no erasure for a URL without a valid signature (%s)", async (location) => {
  expect(await erasedPage(location)).toMatchObject({ props: { outcome: null } });
});

test("a second press, from the back button, asks to sign in and changes nothing", async () => {
  await begin();
  await press();
  const before = await db.payment.findMany();
  await expect(press()).rejects.toMatchObject({ digest: expect.stringMatching(/^NEXT_REDIRECT;.*\/sign-in\?next=/) });
  expect(await db.payment.findMany()).toEqual(before);
});

test.each([
  ["refuses", { does: "error", status: 500, method: "DELETE" }],
  ["hangs", { does: "hang", method: "DELETE" }],
])(
  "if Stripe %s, nothing is partly erased, the page says that the erasure has begun, and a job finishes it",
  async (_, fault) => {
    const { subscription } = await begin();
    const added = await postControlAction(bench.url, "call-faults", { key: TEST_API_KEY, ...fault });
    expect(added.status).toBe(200);
    const answer = await press({ device: "quiet" });
    expect(answer.headers.get("location")).toBe("/supporters/erase");
    expect(answer.headers.get("clear-site-data")).toBeNull();
    expect(await db.supporterAddress.count()).toBe(1);
    expect(await page()).toContain("We are erasing your data.");
    await postControlAction(bench.url, "end-faults", { key: TEST_API_KEY });
    await continueErasures(db, currentTime());
    expect(await db.supporterAddress.count()).toBe(0);
    expect((await bench.stripe.subscriptions.retrieve(subscription)).status).toBe("canceled");
  },
  30_000,
);

test("no e-mail is sent after “I am going back”, even while the erasure waits for Stripe", async () => {
  const mailsLeft = async () => {
    await db.outboxMail.updateMany({ where: { sentAt: null }, data: { sendAfter: currentTime(), heldUntil: null } });
    const mails: string[] = [];
    const transport = { send: async ({ to }: OutgoingMail) => void mails.push(to) };
    await sendDueMail(db, { now: currentTime(), transport, identity: identityCrypto() });
    return mails;
  };
  const { subscription } = await begin();
  const { id: supporterId } = await db.supporter.findFirstOrThrow();
  const NEW = "anna@elsewhere.example";
  await postControlAction(bench.url, "call-faults", {
    key: TEST_API_KEY,
    does: "error",
    status: 500,
    method: "DELETE",
  });
  await press();
  // The thank-you e-mail for the first payment is sent. Only a silent erasure (device: "quiet") stops e-mails while it
  // waits for Stripe.
  expect(await mailsLeft()).toEqual([EMAIL]);
  await press({ device: "quiet" });
  const now = currentTime();
  const values = {
    tokenSealed: identityCrypto().seal("token"),
    newSealed: identityCrypto().seal(NEW),
    takesEffectAt: null,
  };
  const change = {
    supporterId,
    oldEmailHash: "",
    newEmailHash: identityCrypto().hashOf(NEW) ?? "",
    newEmailSealed: "",
  };
  await db.addressChange.create({
    data: { ...change, oldTokenHash: "1", newTokenHash: "2", expiresAt: now },
  });
  await db.$transaction(async (tx) => {
    const mailTo = (email: string) => ({ ...mustSeal(email), locale: "en" });
    await queueMail(tx, {
      kind: "gift-link",
      values: { subscriptionId: subscription },
      factKey: "1",
      to: mailTo(EMAIL),
      now,
    });
    await queueMail(tx, { kind: "address-old", values, factKey: "2", to: mailTo(EMAIL), now });
    await queueMail(tx, { kind: "address-new", values, factKey: "3", to: mailTo(NEW), now });
    await queueMail(tx, {
      kind: "gift-link",
      values: { subscriptionId: subscription },
      factKey: "4",
      to: mailTo("another@example.org"),
      now,
    });
  });
  expect(await mailsLeft(), "another supporter's mail is sent").toEqual(["another@example.org"]);
  await postControlAction(bench.url, "end-faults", { key: TEST_API_KEY });
  await continueErasures(db, currentTime());
  expect(await db.supporter.count()).toBe(0);
  await recordAll();
  expect(await mailsLeft()).toEqual([]);
});

test("nothing is erased while ERASURES_FILE cannot be written", async () => {
  await begin();
  const list = erasureListPath();
  rmSync(list, { force: true });
  mkdirSync(list);
  expect((await press()).headers.get("location")).toBe("/supporters/erase");
  expect(await db.supporterAddress.count()).toBe(1);
  rmdirSync(list);
  await continueErasures(db, currentTime());
  expect(await db.supporterAddress.count()).toBe(0);
});
