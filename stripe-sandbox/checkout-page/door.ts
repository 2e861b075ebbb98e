// The Checkout page's requests: show, pay, authenticate. After a payment it waits for the endpoint's answer to
// checkout.session.completed, at most ten seconds, then sends the giver back: as Stripe does.
import type { IncomingMessage } from "node:http";
import type Stripe from "stripe";
import type { Account } from "../account";
import { readBody } from "../http/body";
import { StripeError } from "../http/errors";
import { type FormMap, parseForm } from "../http/form";
import type { Reply } from "../http/server";
import { lineItemsOf } from "../resources/checkout-sessions";
import type { Sandbox } from "../sandbox";
import { answerChallenge, type CheckoutResult, payCheckout } from "../stories/pay-checkout";
import { parseCardForm, type Reasons, readTyped, type Typed } from "./card-form";
import { authenticationPage, checkoutPage, closedPage } from "./page";

const WAIT_FOR_ENDPOINT_MS = 10_000;
const NOTHING_TYPED: Typed = { email: "", cardNumber: "", cardExpiry: "", cardCvc: "", billingName: "" };

export async function answerCheckout(sandbox: Sandbox, request: IncomingMessage, path: string): Promise<Reply> {
  const [, , , sessionId = "", step] = path.split("/");
  const accountId = sandbox.store.findAccountOfSession(sessionId);
  if (!accountId) return closedPage(null);
  const account = sandbox.account(accountId);
  const isPost = request.method === "POST";
  if (step === "authenticate")
    return isPost ? authenticate(sandbox, account, sessionId, await readForm(request)) : challenge(account, sessionId);
  if (step !== undefined) return closedPage(null);
  return isPost ? pay(sandbox, account, sessionId, await readForm(request)) : show(account, sessionId);
}

/** A body that cannot be read is an empty form: the page then says what is missing. */
async function readForm(request: IncomingMessage): Promise<FormMap> {
  try {
    return parseForm(await readBody(request));
  } catch (failure) {
    if (failure instanceof StripeError) return {};
    throw failure;
  }
}

function show(account: Account, sessionId: string): Reply {
  const session = account.get("checkout.session", sessionId);
  const email = session.customer_details?.email ?? "";
  return drawn(account, session, { typed: { ...NOTHING_TYPED, email }, reasons: {}, declined: null });
}

interface Shown {
  typed: Typed;
  reasons: Reasons;
  declined: string | null;
}

function drawn(account: Account, session: Stripe.Checkout.Session, shown: Shown): Reply {
  if (session.status !== "open") return closedPage(session);
  return checkoutPage({ session, lines: lineItemsOf(account, session.id), ...shown });
}

async function pay(sandbox: Sandbox, account: Account, sessionId: string, form: FormMap): Promise<Reply> {
  const typed = readTyped(form);
  const parsed = parseCardForm(typed, account.now());
  const session = account.get("checkout.session", sessionId);
  if (session.status === "open" && parsed.kind === "refused")
    return drawn(account, session, { typed, reasons: parsed.reasons, declined: null });
  const result = sandbox.store.transaction((): CheckoutResult => {
    return parsed.kind === "ready" ? payCheckout(account, sessionId, parsed.form) : { kind: "closed", session };
  });
  return conclude(sandbox, account, sessionId, { result, typed });
}

function challenge(account: Account, sessionId: string): Reply {
  const session = account.get("checkout.session", sessionId);
  if (session.status !== "open") return closedPage(session);
  const { awaiting } = account.aside<"checkout.session">(sessionId);
  return awaiting ? authenticationPage(session) : seeOther(`/c/pay/${sessionId}`);
}

async function authenticate(sandbox: Sandbox, account: Account, sessionId: string, form: FormMap): Promise<Reply> {
  const { awaiting } = account.aside<"checkout.session">(sessionId);
  const passed = form.answer === "complete";
  const result = sandbox.store.transaction(() => answerChallenge(account, sessionId, passed));
  const typed = { ...NOTHING_TYPED, email: awaiting?.email ?? "", billingName: awaiting?.name ?? "" };
  return conclude(sandbox, account, sessionId, { result, typed });
}

interface Concluded {
  result: CheckoutResult;
  typed: Typed;
}

async function conclude(
  sandbox: Sandbox,
  account: Account,
  sessionId: string,
  { result, typed }: Concluded,
): Promise<Reply> {
  sandbox.sender.poke();
  if (result.kind === "challenged") return seeOther(`/c/pay/${sessionId}/authenticate`);
  const session = account.get("checkout.session", sessionId);
  if (result.kind === "declined")
    return drawn(account, session, { typed, reasons: {}, declined: result.decline.message });
  if (session.status !== "complete") return drawn(account, session, { typed, reasons: {}, declined: null });
  if (result.kind === "paid" && result.completedEvent)
    await sandbox.sender.untilAnswered(account.id, result.completedEvent, WAIT_FOR_ENDPOINT_MS);
  return seeOther((session.success_url ?? "/").replaceAll("{CHECKOUT_SESSION_ID}", session.id));
}

function seeOther(location: string): Reply {
  return { status: 303, headers: { location }, body: "" };
}
