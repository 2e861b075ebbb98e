import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { openEmptyLedger } from "@/prisma/empty-ledger";
import type { Db } from "@/systems/database";
import { readFlashMessage } from "@/systems/flash-message";
import { identityCrypto } from "@/systems/identity";
import { setRuntimeDatabase } from "@/systems/testing/runtime";
import { POST } from "./route";

const browser = vi.hoisted(() => ({ note: "" }));
// Next provides cookies() and headers() only inside its own server.
vi.mock("next/headers", () => ({
  cookies: async () => ({ get: () => undefined }),
  headers: async () => new Headers({ "x-note": browser.note }),
}));

const now = new Date();
const FORM_NONCE = "0123456789abcdef0123456789abcdef";

let db: Db;

beforeAll(() => {
  Object.assign(process.env, {
    SITE_URL: "http://127.0.0.1:3000",
    DATABASE_URL: "file:/dev/null/never-opened.db",
    STRIPE_SECRET_KEY: "sk_test_sign_in",
    STRIPE_WEBHOOK_SECRET: "whsec_only_for_tests",
    SMTP_URL: "smtp://127.0.0.1:9",
    NEXTAUTH_SECRET: "x".repeat(32),
    IDENTITY_KEY: Buffer.alloc(32, 1).toString("base64"),
  });
});
beforeEach(async () => {
  await db?.$disconnect();
  db = await openEmptyLedger();
  setRuntimeDatabase(db);
});
afterAll(() => db.$disconnect());

/** Submits the form. Returns the response, and the message for the page to which the response redirects. */
async function post(fields: Record<string, string>) {
  const headers = { "sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded" };
  const body = new URLSearchParams(fields);
  const request = new Request("http://127.0.0.1:3000/sign-in/send", { method: "POST", headers, body });
  const response = await POST(request, { params: Promise.resolve({}) });
  const location = response.headers.get("location") ?? "";
  browser.note = /=([^;]+)/.exec(response.headers.get("set-cookie") ?? "")?.[1] ?? "";
  return { status: response.status, location, note: await readFlashMessage(location.split("?")[0] ?? "") };
}

const open = (sealed: string) => identityCrypto().open(sealed);
const mailedTo = async () => (await db.outboxMail.findMany()).map(({ toSealed }) => open(toSealed));
const sent = (note: object) => ({ status: 303, location: "/sign-in/sent?next=%2Fsign-in", note });
const refused = (typed: string) => ({ status: 303, location: "/sign-in", note: { refused: "email", typed } });

test.each([
  ["anna@xn--80a1acny.xn--p1ai", "in Punycode, as a browser sends it"],
  ["anna@почта.рф", "in Unicode"],
  ["Anna@ПОЧТА.РФ", "in capital letters"],
])("e-mails anna@почта.рф a link for the address %s (%s)", async (email) => {
  expect(await post({ email })).toEqual(sent({ email: "anna@почта.рф" }));
  expect(await mailedTo()).toEqual(["anna@xn--80a1acny.xn--p1ai"]);
  const [token] = await db.signInToken.findMany();
  expect(token?.emailHash).toBe(identityCrypto().hashOf("anna@почта.рф"));
});

test("e-mails a look-alike address only to the mailbox whose account it opens", async () => {
  expect(await post({ email: "mar\u212a@example.org" })).toEqual(sent({ email: "mark@example.org" }));
  expect(await mailedTo()).toEqual(["mark@example.org"]);
});

test.each(["", "anna", "anna@", "a b@example.org", "anna@example.org\nbcc: b@example.org"])(
  "refuses %j and sends no mail",
  async (email) => {
    expect(await post({ email })).toEqual(refused(email));
    expect(await db.outboxMail.count()).toBe(0);
  },
);

test("e-mails the supporter a link from the thank-you page only for the device that gave", async () => {
  await paidGift("cs_test_1");
  expect(await post({ session: "cs_test_1", mark: FORM_NONCE.replace("0", "f") })).toEqual(sent({}));
  expect(await db.outboxMail.count()).toBe(0);
  expect(await post({ session: "cs_test_1" })).toEqual(refused(""));
  expect(await db.outboxMail.count()).toBe(0);
  expect(await post({ session: "cs_test_1", mark: FORM_NONCE })).toEqual(sent({}));
  expect(await mailedTo()).toEqual(["rosa@example.org"]);
});

async function paidGift(checkoutSessionId: string): Promise<void> {
  const money = { amountMinor: 1000n, currency: "USD", frequency: "once" };
  const form = { formKey: `${FORM_NONCE}:1000:USD:once`, appeal: "a", variant: "a", placement: "give", locale: "en" };
  const times = { createdAt: now, expiresAt: now };
  await db.gift.create({ data: { id: "g_1", ...money, ...form, ...times, status: "completed", checkoutSessionId } });
  const sealed = identityCrypto().sealAddress("Rosa@example.org");
  if (!sealed) throw new Error("no address");
  const supporter = {
    create: { id: "s_1", locale: "en", createdAt: now, addresses: { create: { ...sealed, since: now } } },
  };
  const paid = { id: "P1", ...money, status: "succeeded", paidAt: now, recordedAt: now };
  await db.payment.create({ data: { ...paid, gift: { connect: { id: "g_1" } }, supporter } });
}
