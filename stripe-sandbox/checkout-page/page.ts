// The Checkout page as HTML: a plain form, the same with and without JavaScript (it has none).
import type Stripe from "stripe";
import { html, htmlReply } from "../http/html";
import { formatSum } from "../money";
import { TEST_CARDS } from "../test-cards";
import type { Field, Reasons, Typed } from "./card-form";
import { type Words, wordsFor } from "./words";

export interface CheckoutView {
  session: Stripe.Checkout.Session;
  lines: Stripe.LineItem[];
  typed: Typed;
  reasons: Reasons;
  /** The issuer's or Stripe's refusal of the last try. */
  declined: string | null;
}

export function checkoutPage(view: CheckoutView) {
  const { session } = view;
  const { lang, words } = wordsFor(session.locale);
  const body = html`<main class="checkout">
${summary(view, words)}
<section class="pay" aria-labelledby="pay-heading">
<h2 id="pay-heading">${words.heading}</h2>
${view.declined !== null && alert(words, view.declined)}
${form(view, words)}
${testCards(words)}
</section>
</main>`;
  const title = `${view.lines[0]?.description ?? words.heading} · ${words.testMode}`;
  return htmlReply(200, body, { lang, title, formOrigins: originsOf(session) });
}

function summary({ session, lines }: CheckoutView, words: Words) {
  return html`<header class="summary">
<p class="top">${session.cancel_url !== null && html`<a class="back" href="${session.cancel_url}"><span aria-hidden="true">←</span> ${words.back}</a>`}
<strong class="badge">${words.testMode}</strong></p>
<h1>${lines[0]?.description ?? words.heading}</h1>
<p class="amount">${totalOf(session)} <span class="every">${everyOf(lines, words)}</span></p>
${lines.length > 1 && html`<ul class="lines">${lines.map((line) => lineOf(line, words))}</ul>`}
<p class="notice">${words.testNotice}</p>
</header>`;
}

function lineOf(line: Stripe.LineItem, words: Words) {
  const amount = formatSum({ amount: line.amount_total, currency: line.currency });
  const times = (line.quantity ?? 1) > 1 ? ` · ${words.quantity} ${line.quantity}` : "";
  return html`<li><span>${line.description}${times}</span> <span>${amount}</span></li>`;
}

function totalOf(session: Stripe.Checkout.Session): string {
  return formatSum({ amount: session.amount_total ?? 0, currency: session.currency ?? "usd" });
}

function everyOf(lines: Stripe.LineItem[], words: Words): string {
  const interval = lines[0]?.price?.recurring?.interval;
  return interval && interval in words.every ? words.every[interval as keyof Words["every"]] : words.once;
}

function alert(words: Words, message: string) {
  return html`<div class="alert" role="alert" tabindex="-1" autofocus><strong>${words.errorTitle}.</strong> ${message}</div>`;
}

function form(view: CheckoutView, words: Words) {
  const { session, typed } = view;
  const isLocked = session.customer_details?.email === typed.email && session.customer_email !== null;
  const input = (field: Field, attributes: ReturnType<typeof html>) => fieldOf(view, words, field, attributes);
  // Named, since after a failed authentication the page stands under another address.
  return html`<form method="post" action="/c/pay/${session.id}" novalidate>
<fieldset><legend>${words.contact}</legend>
${input("email", html`type="email" autocomplete="email" inputmode="email"${isLocked && html` readonly`}`)}
</fieldset>
<fieldset><legend>${words.payment}</legend>
${input("cardNumber", html`autocomplete="cc-number" inputmode="numeric"`)}
<div class="pair">
${input("cardExpiry", html`autocomplete="cc-exp" inputmode="numeric"`)}
${input("cardCvc", html`autocomplete="cc-csc" inputmode="numeric"`)}
</div>
${input("billingName", html`autocomplete="cc-name"`)}
</fieldset>
<button type="submit" class="SubmitButton">${buttonOf(session, words)}</button>
${session.mode === "subscription" && html`<p class="small">${words.recurringNote}</p>`}
</form>`;
}

function fieldOf({ typed, reasons }: CheckoutView, words: Words, field: Field, attributes: ReturnType<typeof html>) {
  const reason = reasons[field];
  const isFirst = Object.entries(reasons).find(([, value]) => value)?.[0] === field;
  // Card data is never written back into a page.
  const value = field === "cardCvc" || field === "cardNumber" ? "" : typed[field];
  const invalid = reason && html` aria-invalid="true" aria-describedby="${field}-error"${isFirst && html` autofocus`}`;
  return html`<div class="field">
<label for="${field}">${words[field]}</label>
<input id="${field}" name="${field}" value="${value}" required ${attributes}${invalid}>
${reason && html`<p class="error" id="${field}-error">${words.errors[reason]}</p>`}
</div>`;
}

function buttonOf(session: Stripe.Checkout.Session, words: Words): string {
  const { submit_type: asked, mode } = session;
  const verb = asked && asked in words.buttons ? asked : mode === "subscription" ? "subscribe" : "pay";
  return `${words.buttons[verb as keyof Words["buttons"]]} ${totalOf(session)}`;
}

function testCards(words: Words) {
  const shown = TEST_CARDS.flatMap((card) => (card.shownAs ? [{ number: card.number, effect: card.shownAs }] : []));
  const rows = shown.map(
    ({ number, effect }) => html`<tr><td class="number">${grouped(number)}</td><td>${words.cards[effect]}</td></tr>`,
  );
  return html`<details class="cards"><summary>${words.cardsTitle}</summary>
<p class="small">${words.cardsNote}</p>
<table><thead><tr><th scope="col">${words.cardNumberColumn}</th><th scope="col">${words.cardEffectColumn}</th></tr></thead>
<tbody>${rows}</tbody></table></details>`;
}

function grouped(number: string): string {
  return number.replace(/(\d{4})(?=\d)/g, "$1 ");
}

/** Chromium applies form-action to the redirects after a form too: the way back to the site must be named. */
export function originsOf(session: Stripe.Checkout.Session): string[] {
  const urls = [session.success_url, session.cancel_url].filter((url) => url !== null && URL.canParse(url));
  return [...new Set(urls.map((url) => new URL(url ?? "").origin))];
}

export function authenticationPage(session: Stripe.Checkout.Session) {
  const { lang, words } = wordsFor(session.locale);
  const body = html`<main class="plain">
<strong class="badge">${words.testMode}</strong>
<h1>${words.authentication}</h1>
<p class="amount">${totalOf(session)}</p>
<p>${words.authenticationText}</p>
<form method="post">
<button type="submit" name="answer" value="complete" id="test-source-authorize-3ds">${words.authenticationComplete}</button>
<button type="submit" name="answer" value="fail" id="test-source-fail-3ds" class="quiet">${words.authenticationFail}</button>
</form>
</main>`;
  return htmlReply(200, body, { lang, title: words.authentication, formOrigins: originsOf(session) });
}

export function closedPage(session: Stripe.Checkout.Session | null) {
  const { lang, words } = wordsFor(session?.locale ?? null);
  const [title, text] = closedWords(session, words);
  const body = html`<main class="plain">
<strong class="badge">${words.testMode}</strong>
<h1>${title}</h1>
<p>${text}</p>
${session?.cancel_url && session.status === "expired" && html`<p><a href="${session.cancel_url}">${words.cancelLink}</a></p>`}
</main>`;
  return htmlReply(session ? 200 : 404, body, { lang, title });
}

function closedWords(session: Stripe.Checkout.Session | null, words: Words): [string, string] {
  if (!session) return [words.unknown, words.unknownText];
  if (session.status === "complete") return [words.closedPaid, words.closedPaidText];
  return [words.closedExpired, words.closedExpiredText];
}
