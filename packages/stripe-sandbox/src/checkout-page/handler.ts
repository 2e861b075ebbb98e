// Serves the Checkout page. Once a session is complete, the response waits up to ten seconds, as at Stripe, until the
// webhook endpoints have answered checkout.session.completed.
import type { IncomingMessage } from "node:http";
import type Stripe from "stripe";
import type { Account } from "../account";
import type { Reply } from "../http/reply";
import { type Language, languageFor } from "../locales/languages";
import type { CheckoutResult } from "../payment-flows/checkout-result";
import { answerCheckoutChallenge, payCheckout } from "../payment-flows/pay-checkout";
import { readSubmittedFields, type SubmittedFields } from "../payment-form/read-form";
import { createRecoveryCheckoutSession, lineItemsOfSession } from "../resources/checkout-sessions";
import { mayRecoverCheckoutSession } from "../resources/session-expiry";
import { firstChargeDeferredUntil, sumOfLines, withPayerChoices } from "../resources/session-lines";
import type { Sandbox } from "../sandbox";
import { parseCheckoutForm, readCollectedDetails } from "./checkout-form";
import { declineMessage } from "./decline-messages";
import { authenticationPage, closedCheckoutPage, embeddedCheckoutCompletedPage } from "./other-pages";
import { checkoutPage } from "./page";
import type { CheckoutPageData } from "./view";
import { isEmbedded } from "./view";

const WAIT_FOR_ENDPOINT_MS = 10_000;

type Visit = {
  sandbox: Sandbox;
  account: Account;
  session: Stripe.Checkout.Session;
  language: Language;
};

export async function answerCheckoutPageRequest(
  sandbox: Sandbox,
  request: IncomingMessage,
  path: string,
): Promise<Reply> {
  const [, , , sessionId = "", step = ""] = path.split("/");
  const accepted = request.headers["accept-language"];
  const accountId = sandbox.store.findAccountOf("checkout.session", sessionId);
  if (!accountId) return closedCheckoutPage(null, languageFor(null, accepted));
  const account = sandbox.account(accountId);
  if (request.method === "POST") await sandbox.tickIfSeeded(accountId);
  const session = account.get("checkout.session", sessionId);
  const visit = { sandbox, account, session, language: languageFor(session.locale, accepted) };
  if (step === "embedded") return openEmbedded(visit, path.split("/")[5] ?? "");
  const answer = STEPS[`${request.method === "POST" ? "POST" : "GET"} ${step}`];
  return answer ? answer(visit, request) : closedCheckoutPage(null, visit.language);
}

const STEPS: Record<string, (visit: Visit, request: IncomingMessage) => Reply | Promise<Reply>> = {
  "GET ": (visit) => render(visit, {}),
  "POST ": async (visit, request) => pay(visit, await readSubmittedFields(request)),
  "GET authenticate": challenge,
  "POST authenticate": async (visit, request) => authenticate(visit, await readSubmittedFields(request)),
  "GET recover": recover,
};

function render(
  visit: Visit,
  shown: Partial<Pick<CheckoutPageData, "form" | "declined" | "totalChanged" | "lines">>,
): Reply {
  const { account, session, language } = visit;
  if (session.status !== "open") return closedCheckoutPage(session, language);
  const firstChargeAt = firstChargeDeferredUntil(
    account,
    account.internalState<"checkout.session">(session.id).requested,
  );
  const lines = lineItemsOfSession(account, session.id);
  const nothing = { form: { typed: {}, reasons: {} }, declined: null, totalChanged: false };
  return checkoutPage({ session, lines, firstChargeAt, language, ...nothing, ...shown });
}

async function pay(visit: Visit, typed: SubmittedFields): Promise<Reply> {
  const { account, sandbox, session } = visit;
  if (session.status !== "open") return conclude(visit, { kind: "closed", session }, typed);
  const context = { session, lines: lineItemsOfSession(account, session.id), now: account.now() };
  const changed = withChosenTotal(visit, typed, context.lines);
  if (changed) return changed;
  const read = parseCheckoutForm(typed, context);
  if (read.kind === "refused") return render(visit, { form: { typed, reasons: read.reasons } });
  const result = sandbox.store.transaction(() => payCheckout(account, session.id, read.form));
  return conclude(visit, result, typed);
}

/**
 * Returns the page with the new total if the new total differs from `shownTotal`, which the payer saw. So nobody pays
 * an amount they did not see. Also returns the page if the payer asked to update the total. Otherwise returns null.
 */
function withChosenTotal(visit: Visit, typed: SubmittedFields, lines: Stripe.LineItem[]): Reply | null {
  const { session } = visit;
  const collected = readCollectedDetails(typed, { session, lines, now: 0 });
  const chosen = withPayerChoices(lines, collected);
  const total = sumOfLines(chosen);
  const isUpdate = typed.action === "update";
  const isSurprise = typed.shownTotal !== undefined && session.mode !== "setup" && typed.shownTotal !== String(total);
  if (!isUpdate && !isSurprise) return null;
  const shown = { ...session, amount_subtotal: total, amount_total: total };
  return render(
    { ...visit, session: shown },
    { form: { typed, reasons: {} }, lines: chosen, totalChanged: isSurprise },
  );
}

function challenge({ account, session, language }: Visit): Reply {
  if (session.status !== "open") return closedCheckoutPage(session, language);
  const { awaiting } = account.internalState<"checkout.session">(session.id);
  return awaiting ? authenticationPage(session, language) : seeOther(`/c/pay/${session.id}`);
}

async function authenticate(visit: Visit, typed: SubmittedFields): Promise<Reply> {
  const { account, sandbox, session } = visit;
  const { awaiting } = account.internalState<"checkout.session">(session.id);
  const passed = typed.answer === "complete";
  const result = sandbox.store.transaction(() => answerCheckoutChallenge(account, session.id, passed));
  const { email, name } = awaiting?.collected ?? {};
  return conclude(visit, result, { email: email ?? "", billingName: name ?? "" });
}

async function conclude(visit: Visit, result: CheckoutResult, typed: SubmittedFields): Promise<Reply> {
  const { sandbox, account, language } = visit;
  sandbox.sender.wake();
  if (result.kind === "challenged") return seeOther(`/c/pay/${visit.session.id}/authenticate`);
  const session = account.get("checkout.session", visit.session.id);
  const now = { ...visit, session };
  if (result.kind === "declined")
    return render(now, { form: { typed, reasons: {} }, declined: declineMessage(language, result.decline) });
  if (session.status !== "complete") return render(now, { form: { typed, reasons: {} } });
  if (result.kind === "paid" && result.completedEvent)
    await sandbox.sender.untilAnswered(account.id, result.completedEvent, WAIT_FOR_ENDPOINT_MS);
  const next = session.success_url ?? session.return_url ?? null;
  const returnUrl = next?.replaceAll("{CHECKOUT_SESSION_ID}", session.id) ?? null;
  if (isEmbedded(session)) return embeddedCheckoutCompletedPage(session, language, returnUrl);
  return seeOther(returnUrl ?? "/");
}

function openEmbedded({ session, language }: Visit, secret: string): Reply {
  if (session.status !== "open") return closedCheckoutPage(session, language);
  const isKnown = session.client_secret === `${session.id}_secret_${secret}`;
  return isKnown ? seeOther(`/c/pay/${session.id}`) : closedCheckoutPage(null, language);
}

function recover({ sandbox, account, session, language }: Visit): Reply {
  if (!mayRecoverCheckoutSession(account, session)) return closedCheckoutPage(session, language);
  const fresh = sandbox.store.transaction(() => createRecoveryCheckoutSession(account, session));
  return seeOther(`/c/pay/${fresh.id}`);
}

function seeOther(location: string): Reply {
  return { status: 303, headers: { location }, body: "" };
}
