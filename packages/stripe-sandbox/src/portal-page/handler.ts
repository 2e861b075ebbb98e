// Serves the billing portal. Anyone with the URL can act for the customer. So the URL expires: after five minutes if
// unopened, otherwise an hour after its last use.
import type { IncomingMessage } from "node:http";
import type Stripe from "stripe";
import type { Account } from "../account";
import type { Reply } from "../http/reply";
import { languageFor } from "../locales/languages";
import { SETUP_AUTHENTICATION_FAILED } from "../payment-flows/attempt-setup";
import { makeSetUpMethodDefault } from "../payment-flows/portal-method";
import { readSubmittedFields, type SubmittedFields } from "../payment-form/read-form";
import type { Sandbox } from "../sandbox";
import { PORTAL_ACTIONS } from "./actions";
import { expiredPortalSessionPage, homePage } from "./home-page";
import { changeDonePage, findStepPage } from "./step-pages";
import type { PortalVisit } from "./visit";

const UNOPENED_SECONDS = 5 * 60;
const IDLE_SECONDS = 3600;

export async function answerPortal(sandbox: Sandbox, request: IncomingMessage): Promise<Reply> {
  const { pathname, searchParams } = new URL(request.url ?? "/", sandbox.baseUrl);
  const [, , , sessionId = "", , step = "", id = ""] = pathname.split("/");
  const accepted = request.headers["accept-language"];
  const visit = sandbox.store.transaction(() => visitOf(sandbox, sessionId, { pathname, accepted }));
  if (!visit) return expiredPortalSessionPage(languageFor(null, accepted));
  if (request.method !== "POST" && step === "set-up") {
    const reply = sandbox.store.transaction(() => backFromBank(visit, searchParams.get("setup_intent") ?? ""));
    sandbox.sender.wake();
    return reply;
  }
  if (request.method !== "POST") return show(visit, { step, id, done: searchParams.get("done") });
  const typed = await readSubmittedFields(request);
  const reply = sandbox.store.transaction(() => runAction(visit, { step, id, typed }));
  sandbox.sender.wake();
  return reply;
}

type VisitRequest = {
  pathname: string;
  accepted: string | undefined;
};

function visitOf(sandbox: Sandbox, sessionId: string, { pathname, accepted }: VisitRequest): PortalVisit | null {
  const accountId = sandbox.store.findAccountOf("billing_portal.session", sessionId);
  if (!accountId) return null;
  const account = sandbox.account(accountId);
  const session = account.get("billing_portal.session", sessionId);
  const isTheirs = `${sandbox.baseUrl}${pathname}/`.startsWith(`${session.url}/`);
  const customer = account.find("customer", session.customer);
  if (!isTheirs || !customer || !isAlive(account, session)) return null;
  account.putWithInternalState<"billing_portal.session">(session, { lastSeen: account.now() });
  const { features } = account.get("billing_portal.configuration", String(session.configuration));
  return { account, session, customer, features, language: languageFor(session.locale, accepted) };
}

function isAlive(account: Account, session: Stripe.BillingPortal.Session): boolean {
  const { lastSeen } = account.internalState<"billing_portal.session">(session.id);
  const until = lastSeen === null ? session.created + UNOPENED_SECONDS : lastSeen + IDLE_SECONDS;
  return account.now() <= until;
}

type Shown = {
  step: string;
  id: string;
  done: string | null;
};

function show(visit: PortalVisit, { step, id, done }: Shown): Reply {
  const { flow } = visit.session;
  if (done === "flow") return afterFlow(visit);
  if (step === "" && flow && done === null) return findStepPage(visit, flowStep(flow)) ?? homePage(visit, null);
  return findStepPage(visit, { step, id }) ?? homePage(visit, done);
}

/**
 * Returns the step with which a flow begins, and the id of the subscription that it is about. A flow is a portal
 * session for one task, such as cancelling.
 */
function flowStep(flow: NonNullable<Stripe.BillingPortal.Session["flow"]>) {
  const steps: Record<string, [string, string]> = {
    customer_update: ["details", ""],
    payment_method_update: ["method", ""],
    subscription_cancel: ["cancel", flow.subscription_cancel?.subscription ?? ""],
    subscription_pause: ["pause", flow.subscription_pause?.subscription ?? ""],
    subscription_update: ["change", flow.subscription_update?.subscription ?? ""],
    subscription_update_confirm: ["change", flow.subscription_update_confirm?.subscription ?? ""],
  };
  const [step, id] = steps[flow.type] ?? ["", ""];
  return { step, id };
}

function afterFlow(visit: PortalVisit): Reply {
  const after = visit.session.flow?.after_completion;
  if (after?.type === "redirect" && after.redirect) return seeOther(after.redirect.return_url);
  if (after?.type === "hosted_confirmation")
    return changeDonePage(visit, after.hosted_confirmation?.custom_message ?? null);
  return homePage(visit, "saved");
}

function runAction(
  visit: PortalVisit,
  { step, id, typed }: { step: string; id: string; typed: SubmittedFields },
): Reply {
  const outcome = PORTAL_ACTIONS[step]?.(visit, { id, typed }) ?? { kind: "ignored" as const };
  if (outcome.kind === "refused") return findStepPage(visit, { step, id, ...outcome, typed }) ?? homePage(visit, null);
  if (outcome.kind === "elsewhere") return seeOther(outcome.location);
  if (outcome.kind === "ignored") return seeOther(`${visit.session.url}?done=`);
  return redirectAfterAction(visit, step, outcome.done);
}

function redirectAfterAction({ session }: PortalVisit, step: string, notice: string): Reply {
  const isFlow = session.flow !== null && flowStep(session.flow).step === step;
  return seeOther(`${session.url}?done=${isFlow ? "flow" : notice}`);
}

function backFromBank(visit: PortalVisit, intent: string): Reply {
  if (!visit.features.payment_method_update.enabled) return seeOther(`${visit.session.url}?done=`);
  if (makeSetUpMethodDefault(visit.account, intent, visit.customer))
    return redirectAfterAction(visit, "method", "methodSaved");
  const decline = visit.account.find("setup_intent", intent)?.last_setup_error ? SETUP_AUTHENTICATION_FAILED : null;
  return findStepPage(visit, { step: "method", id: "", decline }) ?? homePage(visit, null);
}

function seeOther(location: string): Reply {
  return { status: 303, headers: { location }, body: "" };
}
