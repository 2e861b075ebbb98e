import type Stripe from "stripe";
import { type Html, html } from "../http/html";
import { fillPlaceholders, formatDay, formatInterval, formatMoneyIn, type Language } from "../locales/languages";
import { hasCustomUnitAmount, unitAmountOrCustomAmountPreset } from "../resources/session-lines";
import type { CheckoutPageData } from "./view";
import { CHECKOUT_FORM_ID, isEmbedded } from "./view";

export function paymentSummary(view: CheckoutPageData): Html {
  const { session, lines, language } = view;
  const { messages } = language;
  const { cancel_url: back } = session;
  return html`<header class="summary">
<p class="top">${back !== null && html`<a class="back" href="${back}"><span class="arrow" aria-hidden="true">←</span> ${messages.back}</a>`}
<strong class="badge">${messages.testMode}</strong></p>
${session.mode === "setup" ? html`<h1>${messages.headingSetup}</h1>` : sums(view)}
${needsLines(lines) && html`<ul class="lines">${lines.map((line) => lineOf(line, view))}</ul>`}
${!isEmbedded(session) && html`<p class="notice">${messages.testNotice}</p>`}
</header>`;
}

function sums({ session, lines, language, firstChargeAt }: CheckoutPageData): Html {
  const { messages } = language;
  const recurring = lines.find(({ price }) => price?.recurring)?.price?.recurring ?? null;
  const every = firstChargeAt === null ? formatInterval(language, recurring) : messages.dueToday;
  return html`<h1>${lines[0]?.description ?? messages.heading}</h1>
<p class="amount"><span data-total>${formatSessionTotal(language, session)}</span> <span class="every">${every}</span></p>
${firstChargeAt !== null && html`<p>${later(lines, language, firstChargeAt)}</p>`}`;
}

function later(lines: Stripe.LineItem[], language: Language, firstChargeAt: number): string {
  const recurring = lines.filter(({ price }) => price?.recurring);
  const amount = recurring.reduce(
    (sum, { price, quantity }) => sum + (price ? unitAmountOrCustomAmountPreset(price) : 0) * (quantity ?? 1),
    0,
  );
  const sum = { amount, currency: recurring[0]?.currency ?? "usd" };
  return fillPlaceholders(language.messages.freeUntil, {
    date: formatDay(language, firstChargeAt),
    amount: formatMoneyIn(language, sum),
    every: formatInterval(language, recurring[0]?.price?.recurring ?? null),
  });
}

function needsLines(lines: Stripe.LineItem[]): boolean {
  return lines.length > 1 || lines.some((line) => line.adjustable_quantity?.enabled || (line.quantity ?? 1) > 1);
}

function lineOf(line: Stripe.LineItem, { language, form }: CheckoutPageData): Html {
  const { messages } = language;
  const { id, currency, amount_total: amount, quantity, price } = line;
  const times = (quantity ?? 1) > 1 && !line.adjustable_quantity?.enabled ? ` · ${messages.quantity} ${quantity}` : "";
  const every = price?.recurring ? ` · ${formatInterval(language, price.recurring)}` : "";
  const unit = price && !hasCustomUnitAmount(line) ? amount / (quantity || 1) : 0;
  return html`<li data-line="${id}" data-unit="${unit}"><span>${line.description}${times}${every}${quantityField(line, language, form.reasons)}</span>
<span data-amount>${formatMoneyIn(language, { amount, currency })}</span></li>`;
}

/**
 * Returns the field for a line's quantity, or false if the payer cannot change it. The field is outside the payment
 * form, so its `form` attribute connects it to that form.
 */
function quantityField(
  { id, adjustable_quantity: bounds, quantity, description }: Stripe.LineItem,
  { messages }: Language,
  reasons: Record<string, unknown>,
) {
  if (!bounds?.enabled) return false;
  const name = `quantity_${id}`;
  const wrong = Boolean(reasons[name]);
  const most = bounds.maximum ?? 99;
  return html` <label class="quantity">${messages.quantity} <input type="number" form="${CHECKOUT_FORM_ID}" name="${name}" value="${quantity}" min="${bounds.minimum ?? 0}" max="${most}" aria-label="${messages.quantity}: ${description}"${wrong && html` aria-invalid="true"`}></label>${wrong && html`<span class="error">${bounds.minimum ?? 0}–${most}</span>`}`;
}

export function formatSessionTotal(language: Language, { amount_total, currency }: Stripe.Checkout.Session): string {
  return formatMoneyIn(language, { amount: amount_total ?? 0, currency: currency ?? "usd" });
}
