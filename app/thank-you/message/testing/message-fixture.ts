import type { GetServerSidePropsContext } from "next";
import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { POST as decide } from "@/app/newsroom/messages/decide/route";
import MessagesPage from "@/app/newsroom/messages/page";
import { POST as sendFromArea } from "@/app/supporters/gifts/[paymentId]/message/route";
import ReceiptPage from "@/app/supporters/gifts/[paymentId]/page";
import GivePage, { getServerSideProps as givePropsFor } from "@/pages/give";
import ThankYou, { getServerSideProps as thanksPropsFor } from "@/pages/thank-you";
import { openEmptyLedger } from "@/prisma/empty-ledger";
import { currentTime } from "@/systems/clock";
import type { Db } from "@/systems/database";
import { identityCrypto } from "@/systems/identity";
import { clearPublishedMessagesCache } from "@/systems/messages/published";
import type { FormRoute } from "@/systems/same-origin-form";
import {
  runInRequestOfTestBrowser,
  statusOfRedirectOrNotFound,
  type TestBrowserState,
} from "@/systems/testing/request-scope";
import { setRuntimeDatabase } from "@/systems/testing/runtime";
import { signInForTests } from "@/systems/testing/sign-in-for-tests";

Object.assign(process.env, {
  SITE_URL: "http://127.0.0.1:3000",
  DATABASE_URL: "file:/dev/null/never-opened.db",
  STRIPE_SECRET_KEY: "sk_test_messages",
  STRIPE_WEBHOOK_SECRET: "whsec_only_for_tests",
  SMTP_URL: "smtp://127.0.0.1:9",
  NEXTAUTH_SECRET: "x".repeat(32),
  IDENTITY_KEY: Buffer.alloc(32, 1).toString("base64"),
  STAFF_EMAILS: "care@example.org",
});

/** `formNonce`: the nonce of the gift form, which only the device that gave knows. */
export type GiftSessionAndNonce = { session: string; formNonce: string };
export type GivenGift = GiftSessionAndNonce & { paymentId: string; giverBrowser: TestBrowserState };

export async function openLedgerForMessageTests(): Promise<Db> {
  const db = await openEmptyLedger();
  setRuntimeDatabase(db);
  clearPublishedMessagesCache();
  return db;
}

export async function signInStaff(db: Db): Promise<TestBrowserState> {
  return { session: await signInForTests(db, "care@example.org", { codeAgeMinutes: 0 }) };
}

/** Adds a supporter with a paid gift, and signs them in. */
export async function giveAndSignIn(db: Db, name: string, { locale = "en" } = {}): Promise<GivenGift> {
  const now = currentTime();
  const address = identityCrypto().sealAddress(`${name}@example.org`);
  if (!address) throw new Error("no address");
  const supporterId = `supporter_${name}`;
  await db.supporter.create({
    data: { id: supporterId, locale, createdAt: now, addresses: { create: { ...address, since: now } } },
  });
  const formNonce = name.padEnd(32, "0");
  const session = `cs_test_${name}`;
  const money = { amountMinor: 7700n, currency: "EUR", frequency: "once" };
  const form = { formKey: `${formNonce}:x`, appeal: "a", variant: "a", placement: "give", locale };
  const times = { createdAt: now, expiresAt: now };
  const id = `gift_${name}`;
  await db.gift.create({ data: { id, ...money, ...form, status: "completed", checkoutSessionId: session, ...times } });
  const paid = { id: `payment_${name}`, status: "succeeded", paidAt: now, recordedAt: now, giftId: id };
  await db.payment.create({ data: { ...money, ...paid, supporterId } });
  const person = { session: await signInForTests(db, `${name}@example.org`) };
  return { session, formNonce, paymentId: paid.id, giverBrowser: person };
}

export const SIGNED_OUT_BROWSER: TestBrowserState = {};

/**
 * Submits a form. Returns the URL of the redirect, or the status of another response. The browser keeps the cookie with
 * the result for the next page.
 */
export async function submitForm<Params>(
  browser: TestBrowserState,
  route: FormRoute<Params>,
  {
    fields,
    params = {} as Params,
    fromIpAddress,
  }: { fields: Record<string, string>; params?: Params; fromIpAddress?: string },
): Promise<string> {
  const headers = { "sec-fetch-site": "same-origin", ...(fromIpAddress ? { "x-forwarded-for": fromIpAddress } : {}) };
  const request = new Request("http://127.0.0.1:3000/", { method: "POST", headers, body: new URLSearchParams(fields) });
  try {
    const session = browser.session ? { session: browser.session } : {};
    const answer = await runInRequestOfTestBrowser(session, () => route(request, { params: Promise.resolve(params) }));
    [, browser.note = ""] = /^note[^=]*=([^;]*)/.exec(answer.headers.get("set-cookie") ?? "") ?? [];
    return answer.headers.get("location") ?? String(answer.status);
  } catch (error) {
    return String(statusOfRedirectOrNotFound(error).status);
  }
}

export async function renderPageInTestBrowser(
  browser: TestBrowserState,
  page: () => Promise<ReactElement>,
): Promise<string> {
  const html = await runInRequestOfTestBrowser(browser, async () => renderToStaticMarkup(await page()));
  browser.note = "";
  return html.replaceAll("&#x27;", "'");
}

export const giftMessageFormFields = ({ session, formNonce }: GiftSessionAndNonce, words: Record<string, string>) => ({
  fields: { session, mark: formNonce, do: "save", ...words },
});
export const showReceiptPage = ({ paymentId, giverBrowser }: GivenGift) =>
  renderPageInTestBrowser(giverBrowser, () => ReceiptPage({ params: Promise.resolve({ paymentId }) }));
export const sendMessageFromSupporterArea = (
  gift: GivenGift,
  words: Record<string, string>,
  by: TestBrowserState = gift.giverBrowser,
) => submitForm(by, sendFromArea, { fields: { do: "save", ...words }, params: { paymentId: gift.paymentId } });
export const showMessagesPage = (staff: TestBrowserState) => renderPageInTestBrowser(staff, MessagesPage);
export const decideMessageAs = (
  staff: TestBrowserState,
  { paymentId: payment }: GivenGift,
  verb: string,
  version = 1,
) => submitForm(staff, decide, { fields: { payment, version: String(version), do: verb } });

export async function showThanksPage({ session }: GiftSessionAndNonce, formNonce?: string): Promise<string> {
  const context = { query: { session }, req: { headers: formNonce ? { "x-mark": formNonce } : {} } };
  const answer = await thanksPropsFor(context as unknown as GetServerSidePropsContext);
  if (!("props" in answer)) throw new Error("the page was not found");
  return renderToStaticMarkup(ThankYou(await answer.props));
}

export async function showGivePage(language?: string): Promise<string> {
  const inPath = language ? { language } : {};
  const context = { params: inPath, query: inPath, req: { headers: {} } };
  const answer = await givePropsFor(context as unknown as GetServerSidePropsContext);
  if (!("props" in answer)) throw new Error("the page was not found");
  return renderToStaticMarkup(GivePage(await answer.props));
}
