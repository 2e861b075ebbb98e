import type { GetServerSidePropsContext } from "next";
import { renderToStaticMarkup } from "react-dom/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { getServerSideProps } from "@/pages/thank-you";
import { openEmptyLedger } from "@/prisma/empty-ledger";
import type { Db } from "@/systems/database";
import { setRuntimeDatabase } from "@/systems/testing/runtime";
import { type ThanksPageGiftProgress, ThanksView } from "./thanks-view";

const FORM_NONCE = "0123456789abcdef0123456789abcdef";
const ANOTHER = "f".repeat(32);
const now = new Date();
const A_DAY_MS = 24 * 60 * 60 * 1000;

Object.assign(process.env, {
  SITE_URL: "http://127.0.0.1:3000",
  DATABASE_URL: "file:/dev/null/never-opened.db",
  STRIPE_SECRET_KEY: "sk_test_thanks",
  STRIPE_WEBHOOK_SECRET: "whsec_only_for_tests",
  SMTP_URL: "smtp://127.0.0.1:9",
  NEXTAUTH_SECRET: "x".repeat(32),
  IDENTITY_KEY: Buffer.alloc(32, 1).toString("base64"),
});

let db: Db;

beforeAll(async () => {
  db = await openEmptyLedger();
  setRuntimeDatabase(db);
});
afterAll(() => db.$disconnect());

type Standing = {
  status: string;
  payment: "succeeded" | "pending" | "failed" | null;
  refundedMinor?: bigint;
  disputedMinor?: bigint;
};

const STANDINGS: Record<Exclude<ThanksPageGiftProgress["kind"], "unknown">, Standing> = {
  "on-its-way": { status: "completed", payment: null },
  settling: { status: "completed", payment: "pending" },
  received: { status: "completed", payment: "succeeded" },
  returned: { status: "completed", payment: "succeeded", refundedMinor: 7700n },
  "taken-by-bank": { status: "completed", payment: "succeeded", disputedMinor: 7700n },
  failed: { status: "completed", payment: "failed" },
  expired: { status: "expired", payment: null },
};

type GiftOptions = { createdAt?: Date; refundedMinor?: bigint };

async function begin(kind: keyof typeof STANDINGS, { createdAt = now, ...more }: GiftOptions = {}): Promise<string> {
  const id = crypto.randomUUID().replaceAll("-", "");
  const money = { amountMinor: 7700n, currency: "EUR", frequency: "monthly" };
  const form = { formKey: `${FORM_NONCE}:${id}`, appeal: "a", variant: "a", placement: "give", locale: "en" };
  const { status, payment, ...returned } = { ...STANDINGS[kind], ...more };
  const checkoutSessionId = `cs_test_${id}`;
  await db.gift.create({ data: { id, ...money, ...form, status, checkoutSessionId, createdAt, expiresAt: createdAt } });
  if (payment)
    await db.payment.create({
      data: { id, ...money, ...returned, status: payment, giftId: id, paidAt: now, recordedAt: now },
    });
  return checkoutSessionId;
}

async function pageFor(session: string, formNonces?: string): Promise<string> {
  const headers = formNonces === undefined ? {} : { "x-mark": formNonces };
  const context = { query: { session }, req: { headers } } as unknown as GetServerSidePropsContext;
  const answer = await getServerSideProps(context);
  if (!("props" in answer)) throw new Error("the page was not found");
  const { locale, progress, checkoutSessionId } = await answer.props;
  return renderToStaticMarkup(<ThanksView locale={locale} progress={progress} checkoutSessionId={checkoutSessionId} />);
}

const KINDS = Object.keys(STANDINGS) as (keyof typeof STANDINGS)[];

test.each(KINDS)("%s: only the device that began the gift sees the amount", async (kind) => {
  const session = await begin(kind);
  const own = await pageFor(session, `${ANOTHER} ${FORM_NONCE}`);
  expect(own).toContain(`data-progress="${kind}"`);
  expect(own.includes('data-gave="regular"')).toBe(kind === "received" || kind === "settling");
  expect(own).toContain("€77");
  for (const formNonces of [undefined, "", ANOTHER, FORM_NONCE.slice(1), `${FORM_NONCE}0`]) {
    const page = await pageFor(session, formNonces);
    expect(page).toContain(`data-progress="${kind}"`);
    expect(page).not.toMatch(/77|€|month|data-gave|<form|<button/);
    expect(page).not.toContain(FORM_NONCE);
  }
});

test.each(KINDS)("%s: a day later nobody sees the amount", async (kind) => {
  const session = await begin(kind, { createdAt: new Date(now.getTime() - A_DAY_MS) });
  const page = await pageFor(session, FORM_NONCE);
  expect(page).toContain(`data-progress="${kind}"`);
  expect(page).not.toMatch(/77|€|data-gave|<form|<button/);
});

test("shows a partial refund only to the device that gave", async () => {
  const session = await begin("received", { refundedMinor: 1000n });
  expect(await pageFor(session, FORM_NONCE)).toContain("Part of it has been returned since, and €67 is kept.");
  const page = await pageFor(session);
  expect(page).toContain('data-progress="received"');
  expect(page).not.toMatch(/67|€/);
});

test("writes nothing to the ledger", async () => {
  const session = await begin("received");
  for (const formNonces of [undefined, FORM_NONCE]) await pageFor(session, formNonces);
  expect(await db.outboxMail.count()).toBe(0);
  expect(await db.signInToken.count()).toBe(0);
});

test.each(["", "cs_test_unknown", "no session"])(
  "the page treats the session id %j as an unknown gift",
  async (session) => {
    expect(await pageFor(session, FORM_NONCE)).toContain('data-progress="unknown"');
  },
);
