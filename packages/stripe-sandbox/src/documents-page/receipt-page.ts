import type Stripe from "stripe";
import { html, htmlReply } from "../http/html";
import { formatDay, formatMoneyIn, type Language } from "../locales/languages";
import { detailEntry } from "./invoice-page";

export function receiptPage(charge: Stripe.Charge, language: Language) {
  const { messages, locale, direction } = language;
  const { documents } = messages;
  const sum = (amount: number) => formatMoneyIn(language, { amount, currency: charge.currency });
  const details = charge.payment_method_details;
  const last4 = details?.card?.last4 ?? details?.sepa_debit?.last4;
  const kind = details?.type === "sepa_debit" ? messages.sepaDebit : messages.card;
  const body = html`<main class="document">
<p class="top"><strong class="badge">${messages.testMode}</strong></p>
<h1>${documents.receipt}</h1>
<p class="sum">${sum(charge.amount)}</p>
<dl>
${detailEntry(documents.paidOn, formatDay(language, charge.created))}
${detailEntry(messages.method, last4 ? `${kind} •••• ${last4}` : kind)}
${detailEntry(documents.description, charge.description)}
${detailEntry(documents.amountPaid, sum(charge.amount_captured))}
${detailEntry(documents.refunded, charge.amount_refunded > 0 ? sum(charge.amount_refunded) : null)}
</dl>
</main>`;
  return htmlReply(200, body, { lang: locale, direction, title: documents.receipt });
}
