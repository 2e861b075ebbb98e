import type Stripe from "stripe";
import { type Html, html, htmlReply } from "../http/html";
import type { Language } from "../locales/languages";
import { checkoutPageOptions } from "./page";
import { formatSessionTotal } from "./summary";

export function authenticationPage(session: Stripe.Checkout.Session, language: Language) {
  const body = authenticationPageBody(
    language,
    session.mode === "setup" ? null : formatSessionTotal(language, session),
  );
  return htmlReply(200, body, { ...checkoutPageOptions(session, language), title: language.messages.authentication });
}

export function authenticationPageBody({ messages }: Language, sum: string | null): Html {
  return html`<main class="plain">
<strong class="badge">${messages.testMode}</strong>
<h1>${messages.authentication}</h1>
${sum !== null && html`<p class="amount">${sum}</p>`}
<p>${messages.authenticationText}</p>
<form method="post">
<button type="submit" name="answer" value="complete" id="test-source-authorize-3ds">${messages.authenticationComplete}</button>
<button type="submit" name="answer" value="fail" id="test-source-fail-3ds" class="quiet">${messages.authenticationFail}</button>
</form>
</main>`;
}

export function closedCheckoutPage(session: Stripe.Checkout.Session | null, language: Language) {
  const { messages } = language;
  const [title, text] = closedMessages(session, language);
  const recovery = session?.status === "expired" ? session.after_expiration?.recovery?.url : null;
  const back = session?.status === "expired" ? session.cancel_url : null;
  const link = recovery ?? back;
  const body = html`<main class="plain">
<strong class="badge">${messages.testMode}</strong>
<h1>${title}</h1>
<p>${text}</p>
${link && html`<p><a href="${link}">${messages.cancelLink}</a></p>`}
</main>`;
  const options = session
    ? checkoutPageOptions(session, language)
    : { lang: language.locale, direction: language.direction };
  return htmlReply(session ? 200 : 404, body, { ...options, title });
}

function closedMessages(session: Stripe.Checkout.Session | null, { messages }: Language): [string, string] {
  if (!session) return [messages.unknown, messages.unknownText];
  if (session.status !== "complete") return [messages.closedExpired, messages.closedExpiredText];
  return [messages.closedPaid, session.custom_text.after_submit?.message ?? messages.closedPaidText];
}

export function embeddedCheckoutCompletedPage(
  session: Stripe.Checkout.Session,
  language: Language,
  next: string | null,
) {
  const { messages } = language;
  const body = html`<main class="plain" data-complete="${session.id}" data-next="${next ?? ""}">
<h1>${messages.closedPaid}</h1>
</main>`;
  const options = {
    ...checkoutPageOptions(session, language),
    title: messages.closedPaid,
    script: "/assets/embedded.js",
  };
  return htmlReply(200, body, options);
}
