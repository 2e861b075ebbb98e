// Gives, signs in and asks for reminders by HTTP requests. This is ten times as fast as with pages, but stores nothing
// on the device.
import { type APIRequestContext, expect, type Page } from "@playwright/test";
import { TOTP } from "otpauth";
import { TEST_CARDS } from "./giving";
import { countSignInLinks, getLinkIn, waitForMail, waitForSignInLink } from "./mail";
import { SITE_URL, STRIPE_STAND_IN_URL } from "./world";

const OWN_SITE = { "sec-fetch-site": "same-origin" };

type RequestedGift = {
  every: "once" | "month" | "year";
  amount: string;
  currency?: string;
  email: string;
  card?: string;
};

/**
 * Gives as a reader without JavaScript does, and waits until the gift is confirmed. Returns the URL of the thank-you
 * page.
 */
export async function giveByRequests({ request }: Pick<Page, "request">, order: RequestedGift): Promise<string> {
  const { email, card = TEST_CARDS.paid, ...gift } = order;
  const form = await (await request.get("/give/token")).text();
  const checkout = await locationOf(request, "/give/start", { currency: "USD", ...gift, form });
  expect(checkout).toMatch(new RegExp(`^${STRIPE_STAND_IN_URL}/`));
  const typed = { method: "card", cardNumber: card, cardExpiry: "12 / 34", cardCvc: "123", billingName: "Anna Reader" };
  const thanks = await locationOf(request, checkout, { ...typed, email });
  expect(thanks).toMatch(new RegExp(`^${SITE_URL}/thank-you`));
  await expect.poll(async () => (await request.get(thanks)).text(), { intervals: [50, 100, 200] }).toMatch(CONFIRMED);
  return thanks;
}

/**
 * The heading of a thank-you page for a confirmed gift. For a payment that is disputed at once, it can already say that
 * the gift was returned.
 */
const CONFIRMED = /<h1[^>]*>(Thank you|This gift was returned)</;

/**
 * Signs in by HTTP requests, without a browser page. Pages that share the cookies of `request` are then signed in, too.
 */
export async function signInByRequests({ request }: Pick<Page, "request">, email: string): Promise<void> {
  const before = await countSignInLinks(email);
  await locationOf(request, "/sign-in/send", { email, next: "/supporters" });
  const link = new URL(await waitForSignInLink(email, before + 1));
  await locationOf(request, "/sign-in/confirm/accept", { token: link.searchParams.get("token") ?? "" });
}

/**
 * Enters the code of a colleague who is signed in and has an authenticator app. The site accepts each code once, and a
 * new code comes every 30 seconds. `laterMs: 30_000`: enters the next code, which the site already accepts.
 */
export async function enterCodeByRequests(
  { request }: Pick<Page, "request">,
  secret: string,
  { laterMs = 0 } = {},
): Promise<void> {
  const code = new TOTP({ secret }).generate({ timestamp: Date.now() + laterMs });
  expect(await locationOf(request, "/newsroom/code/enter", { code, next: "/newsroom" })).toMatch(/\/newsroom$/);
}

/** Asks for monthly reminders and confirms them. Returns the confirmation link from the e-mail. */
export async function askForAndConfirmRemindersByRequests(
  { request }: Pick<Page, "request">,
  { email, amount }: { email: string; amount: string },
): Promise<string> {
  await locationOf(request, "/remind-me/ask", { email, rhythm: "monthly", amount, currency: "USD" });
  const link = getLinkIn(await waitForMail(email, "reminder-confirm"), "/remind-me/confirm");
  const token = new URL(link).searchParams.get("token") ?? "";
  await locationOf(request, "/remind-me/confirm/accept", { token });
  return link;
}

async function locationOf(request: APIRequestContext, path: string, form: Record<string, string>): Promise<string> {
  const answer = await request.post(path, { form, headers: OWN_SITE, maxRedirects: 0 });
  expect(answer.status(), `POST ${path}`).toBe(303);
  return answer.headers().location ?? "";
}
