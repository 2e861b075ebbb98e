import type Stripe from "stripe";
import { type Html, html, htmlReply } from "../http/html";
import { fillPlaceholders, formatDay, formatInterval, formatMoneyIn, type Language } from "../locales/languages";
import { idOf } from "../objects";
import { earliestPeriodEndOf } from "../payment-flows/portal";
import { isPaymentMethodInUse } from "./method-actions";
import { listPricesToSwitchTo, mayPause } from "./subscription-actions";
import type { PortalVisit } from "./visit";

export function homePage(visit: PortalVisit, done: string | null) {
  const { features, session, language } = visit;
  const { messages } = language;
  const body = html`<main class="portal">
${portalPageHeader(visit)}
${noticeOf(done, language)}
<section aria-labelledby="current"><h2 id="current">${messages.portal.current}</h2>${subscriptionsOf(visit)}</section>
<section aria-labelledby="methods"><h2 id="methods">${messages.portal.methods}</h2>${methodsOf(visit)}</section>
${features.customer_update.enabled && detailsOf(visit)}
${features.invoice_history.enabled && html`<section aria-labelledby="invoices"><h2 id="invoices">${messages.portal.invoices}</h2>${invoicesOf(visit)}</section>`}
</main>`;
  const { locale, direction } = language;
  return htmlReply(200, body, {
    lang: locale,
    direction,
    title: messages.portal.title,
    formOrigins: returnUrlOriginsOf(session),
  });
}

export function portalPageHeader({ session, language }: PortalVisit): Html {
  const { messages } = language;
  const back = session.return_url;
  return html`<p class="top">${back && html`<a class="back" href="${back}"><span class="arrow" aria-hidden="true">←</span> ${messages.cancelLink}</a>`}
<strong class="badge">${messages.testMode}</strong></p>
<h1>${messages.portal.title}</h1>`;
}

export function returnUrlOriginsOf({ return_url, flow }: Stripe.BillingPortal.Session): string[] {
  const urls = [return_url, flow?.after_completion.redirect?.return_url].filter((url) => url && URL.canParse(url));
  return [...new Set(urls.map((url) => new URL(url ?? "").origin))];
}

const NOTICES = ["canceled", "changed", "methodSaved", "pausedNow", "resumed", "saved", "undone"] as const;

function noticeOf(done: string | null, { messages }: Language) {
  const notice = NOTICES.find((each) => each === done);
  return notice && html`<p class="done" role="status">${messages.portal[notice]}</p>`;
}

function subscriptionsOf(visit: PortalVisit): Html {
  const { account, customer, language } = visit;
  const all = account.list("subscription", { where: { customer: customer.id } });
  const shown = all.filter(({ status }) => !["canceled", "incomplete_expired"].includes(status));
  if (shown.length === 0) return html`<p>${language.messages.portal.none}</p>`;
  return html`${shown.map((subscription) => subscriptionOf(visit, subscription))}`;
}

function subscriptionOf(visit: PortalVisit, subscription: Stripe.Subscription): Html {
  const { account, session, features, language } = visit;
  const { messages } = language;
  const [item] = subscription.items.data;
  if (!item) return html``;
  const product = account.find("product", idOf(item.price.product) ?? "");
  const sum = { amount: (item.price.unit_amount ?? 0) * (item.quantity ?? 1), currency: subscription.currency };
  const ends = subscription.cancel_at;
  const when = ends === null ? messages.portal.next : messages.portal.ends;
  const isPaused = subscription.status === "paused" || subscription.pause_collection !== null;
  const mayCancel = features.subscription_cancel.enabled;
  return html`<article class="box">
<h3>${product?.name ?? item.price.id}</h3>
<p class="sum">${formatMoneyIn(language, sum)} <span class="every">${formatInterval(language, item.price.recurring)}</span></p>
<p>${isPaused ? messages.portal.paused : fillPlaceholders(when, { date: formatDay(language, ends ?? earliestPeriodEndOf(subscription)) })}</p>
${ends === null && listPricesToSwitchTo(visit, subscription).length > 0 && html`<p><a class="action" href="${session.url}/change/${subscription.id}">${messages.portal.change}</a></p>`}
${mayPause(visit, subscription) && html`<p><a class="action" href="${session.url}/pause/${subscription.id}">${messages.portal.pause}</a></p>`}
${features.subscription_pause.enabled && subscription.status === "paused" && postButton(`${session.url}/resume/${subscription.id}`, messages.portal.resume)}
${mayCancel && ends === null && html`<p><a class="action" href="${session.url}/cancel/${subscription.id}">${messages.portal.cancel}</a></p>`}
${mayCancel && ends !== null && postButton(`${session.url}/undo/${subscription.id}`, messages.portal.undo)}
</article>`;
}

function postButton(url: string, label: string): Html {
  return html`<form method="post" action="${url}"><button type="submit" class="quiet small-button">${label}</button></form>`;
}

function methodsOf(visit: PortalVisit): Html {
  const { account, customer, session, features, language } = visit;
  const { messages } = language;
  const methods = account.list("payment_method", { where: { customer: customer.id } });
  const defaultId = idOf(customer.invoice_settings.default_payment_method);
  const may = features.payment_method_update.enabled;
  const rows = methods.map(
    (
      method,
    ) => html`<li><span>${methodName(method, language)}${method.id === defaultId && html` <em>(${messages.portal.isDefault})</em>`}</span>
${may && method.id !== defaultId && postButton(`${session.url}/default/${method.id}`, messages.portal.makeDefault)}
${may && !isPaymentMethodInUse(visit, method.id) && postButton(`${session.url}/remove/${method.id}`, messages.portal.remove)}</li>`,
  );
  return html`${methods.length === 0 ? html`<p>${messages.portal.noMethod}</p>` : html`<ul class="rows">${rows}</ul>`}
${may && html`<p><a class="action" href="${session.url}/method">${messages.portal.addMethod}</a></p>`}`;
}

export function methodName({ card, sepa_debit: debit }: Stripe.PaymentMethod, { locale, messages }: Language): string {
  if (debit) return `${messages.sepaDebit} •••• ${debit.last4}`;
  if (!card) return "";
  const month = new Date(Date.UTC(card.exp_year, card.exp_month - 1));
  const date = new Intl.DateTimeFormat(locale, { month: "2-digit", year: "numeric", timeZone: "UTC" }).format(month);
  const brand = card.brand.charAt(0).toUpperCase() + card.brand.slice(1);
  return `${brand} •••• ${card.last4}, ${fillPlaceholders(messages.portal.expires, { date })}`;
}

function detailsOf({ customer, session, language }: PortalVisit): Html {
  const { messages } = language;
  const lines = [customer.name, customer.email, customer.phone, customer.address?.line1, customer.address?.city];
  return html`<section aria-labelledby="details"><h2 id="details">${messages.portal.details}</h2>
${lines.filter(Boolean).map((line) => html`<p class="detail">${line}</p>`)}
<p><a class="action" href="${session.url}/details">${messages.portal.edit}</a></p></section>`;
}

function invoicesOf({ account, customer, language }: PortalVisit): Html {
  const { messages } = language;
  const all = account.list("invoice", { where: { customer: customer.id }, limit: 100 });
  const invoices = all.filter(({ status }) => status !== "draft");
  if (invoices.length === 0) return html`<p>${messages.portal.noInvoices}</p>`;
  const rows = invoices.map((invoice) => {
    const status = messages.documents.statuses[(invoice.status ?? "open") as keyof typeof messages.documents.statuses];
    const sum = formatMoneyIn(language, { amount: invoice.total, currency: invoice.currency });
    return html`<tr><td>${formatDay(language, invoice.created)}</td><td>${sum}</td><td>${status}</td>
<td>${invoice.hosted_invoice_url && html`<a href="${invoice.hosted_invoice_url}">${messages.portal.view}<span class="unseen"> ${invoice.number}</span></a>`}</td></tr>`;
  });
  return html`<div class="scroll"><table><tbody>${rows}</tbody></table></div>`;
}

export function expiredPortalSessionPage({ messages, locale, direction }: Language) {
  const body = html`<main class="plain">
<strong class="badge">${messages.testMode}</strong>
<h1>${messages.portal.expired}</h1>
<p>${messages.portal.expiredText}</p>
</main>`;
  return htmlReply(404, body, { lang: locale, direction, title: messages.portal.expired });
}
