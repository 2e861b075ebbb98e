// Serves the stand-in's 3-D Secure page for an intent that was confirmed through the API.
import type { IncomingMessage } from "node:http";
import type Stripe from "stripe";
import type { Account } from "../account";
import { html, htmlReply } from "../http/html";
import type { Reply } from "../http/reply";
import { type Language, languageFor } from "../locales/languages";
import { formatMoney } from "../money";
import { applyChallengeAnswer, findPaymentOrSetupIntent, returnUrlOf } from "../payment-flows/challenge";
import { readSubmittedFields } from "../payment-form/read-form";
import type { Sandbox } from "../sandbox";

type Intent = Stripe.PaymentIntent | Stripe.SetupIntent;

export async function answerChallengePage(sandbox: Sandbox, request: IncomingMessage, path: string): Promise<Reply> {
  const language = languageFor(null, request.headers["accept-language"]);
  const url = new URL(request.url ?? "/", sandbox.baseUrl);
  const found = intentAt(sandbox, path.split("/")[2] ?? "");
  if (!found || url.searchParams.get("client_secret") !== found.intent.client_secret) return unknownPage(language);
  const { account, intent } = found;
  if (intent.status !== "requires_action") return donePage(language);
  if (request.method !== "POST") return challengePage(intent, language);
  const passed = (await readSubmittedFields(request)).answer === "complete";
  const back = returnUrlOf(intent);
  const outcome = sandbox.store.transaction(() => applyChallengeAnswer(account, intent, passed));
  sandbox.sender.wake();
  return back
    ? { status: 303, headers: { location: withOutcome(back, intent, outcome) }, body: "" }
    : donePage(language);
}

function intentAt(sandbox: Sandbox, id: string): { account: Account; intent: Intent } | null {
  for (const row of sandbox.store.listAccounts()) {
    const account = sandbox.account(row.id);
    const intent = findPaymentOrSetupIntent(account, id);
    if (intent) return { account, intent };
  }
  return null;
}

function withOutcome(back: string, intent: Intent, outcome: string): string {
  const url = new URL(back);
  url.searchParams.set(intent.object, intent.id);
  url.searchParams.set(`${intent.object}_client_secret`, intent.client_secret ?? "");
  url.searchParams.set("redirect_status", outcome);
  return url.href;
}

function challengePage(intent: Intent, language: Language): Reply {
  const { messages } = language;
  const sum = intent.object === "payment_intent" ? formatMoney(intent, language.locale) : null;
  const body = html`<main class="plain">
<strong class="badge">${messages.testMode}</strong>
<h1>${messages.authentication}</h1>
${sum && html`<p class="amount">${sum}</p>`}
<p>${messages.authenticationText}</p>
<form method="post">
<button type="submit" name="answer" value="complete" id="test-source-authorize-3ds">${messages.authenticationComplete}</button>
<button type="submit" name="answer" value="fail" id="test-source-fail-3ds" class="quiet">${messages.authenticationFail}</button>
</form>
</main>`;
  const back = returnUrlOf(intent);
  const formOrigins = back ? [new URL(back).origin] : [];
  return htmlReply(200, body, { ...optionsOf(language), title: messages.authentication, formOrigins });
}

function donePage(language: Language): Reply {
  const { messages } = language;
  const body = html`<main class="plain"><strong class="badge">${messages.testMode}</strong><h1>${messages.authentication}</h1>
<p>✓</p></main>`;
  return htmlReply(200, body, { ...optionsOf(language), title: messages.authentication });
}

function unknownPage(language: Language): Reply {
  const { messages } = language;
  const body = html`<main class="plain"><h1>${messages.unknown}</h1></main>`;
  return htmlReply(404, body, { ...optionsOf(language), title: messages.unknown });
}

function optionsOf({ locale, direction }: Language) {
  return { lang: locale, direction };
}
