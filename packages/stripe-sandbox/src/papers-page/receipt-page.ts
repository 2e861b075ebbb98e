// The page of a receipt: amount, date, payment method and refunds.
import type Stripe from "stripe";
import { html, htmlReply } from "../http/html";
import { dayIn, type Language, sumIn } from "../words/languages";
import { fact } from "./invoice-page";

export function receiptPage(charge: Stripe.Charge, language: Language) {
  const { words, locale, direction } = language;
  const { papers } = words;
  const sum = (amount: number) => sumIn(language, { amount, currency: charge.currency });
  const details = charge.payment_method_details;
  const last4 = details?.card?.last4 ?? details?.sepa_debit?.last4;
  const kind = details?.type === "sepa_debit" ? words.sepaDebit : words.card;
  const body = html`<main class="paper">
<p class="top"><strong class="badge">${words.testMode}</strong></p>
<h1>${papers.receipt}</h1>
<p class="sum">${sum(charge.amount)}</p>
<dl>
${fact(papers.paidOn, dayIn(language, charge.created))}
${fact(words.method, last4 ? `${kind} •••• ${last4}` : kind)}
${fact(papers.description, charge.description)}
${fact(papers.amountPaid, sum(charge.amount_captured))}
${fact(papers.refunded, charge.amount_refunded > 0 ? sum(charge.amount_refunded) : null)}
</dl>
</main>`;
  return htmlReply(200, body, { lang: locale, direction, title: papers.receipt });
}
