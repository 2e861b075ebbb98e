// The page of an invoice: its lines, the amount due, and a payment form while it is open.
import type Stripe from "stripe";
import type { Account } from "../account";
import { type Html, html, htmlReply } from "../http/html";
import { paymentFields } from "../payment-form/payment-fields";
import { testCards } from "../payment-form/test-data";
import type { Reasons, Typed } from "../payment-form/typed";
import { dayIn, fill, type Language, sumIn } from "../words/languages";

interface InvoiceView {
  account: Account;
  invoice: Stripe.Invoice;
  language: Language;
}

interface Shown {
  typed: Typed;
  reasons: Reasons;
  declined: string | null;
}

const NOTHING: Shown = { typed: {}, reasons: {}, declined: null };

export function invoicePage({ account, invoice, language }: InvoiceView, shown: Shown = NOTHING) {
  const { words, locale, direction } = language;
  const { papers } = words;
  const title = fill(papers.invoice, { number: invoice.number ?? "" });
  const status = papers.statuses[(invoice.status ?? "open") as keyof typeof papers.statuses];
  const mayPay = invoice.status === "open" && account.find("customer", String(invoice.customer)) !== null;
  const body = html`<main class="paper">
<p class="top"><strong class="badge">${words.testMode}</strong></p>
<h1>${title}</h1>
<p class="sum">${sumIn(language, { amount: invoice.amount_due, currency: invoice.currency })} · ${status}</p>
${factsOf(invoice, language)}
${linesOf(invoice, language)}
${mayPay && payForm(invoice, language, shown)}
</main>`;
  return htmlReply(200, body, { lang: locale, direction, title, script: mayPay ? "/assets/checkout.js" : undefined });
}

export function fact(name: string, value: string | null): Html | false {
  return value !== null && html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

function factsOf(invoice: Stripe.Invoice, language: Language): Html {
  const { papers } = language.words;
  const day = (seconds: number | null) => (seconds === null ? null : dayIn(language, seconds));
  const name = [invoice.customer_name, invoice.customer_email].filter(Boolean).join(", ");
  return html`<dl>
${fact(papers.billedTo, name || null)}
${fact(papers.issued, day(invoice.status_transitions.finalized_at ?? invoice.created))}
${fact(papers.due, day(invoice.due_date))}
${fact(papers.paidOn, day(invoice.status_transitions.paid_at))}
</dl>`;
}

function linesOf(invoice: Stripe.Invoice, language: Language): Html {
  const { papers } = language.words;
  const sum = (amount: number) => sumIn(language, { amount, currency: invoice.currency });
  const rows = invoice.lines.data.map(({ description, period, amount }) => {
    const days = fill(papers.period, { start: dayIn(language, period.start), end: dayIn(language, period.end) });
    return html`<tr><td>${description}${period.end > period.start && html`<br><span class="small">${days}</span>`}</td><td>${sum(amount)}</td></tr>`;
  });
  const totals = [
    [papers.total, invoice.total],
    [papers.amountPaid, invoice.amount_paid],
    [papers.amountDue, invoice.amount_remaining],
  ] as const;
  return html`<table><thead><tr><th scope="col">${papers.description}</th><th scope="col">${papers.amount}</th></tr></thead>
<tbody>${rows}</tbody>
<tfoot>${totals.map(([name, amount]) => html`<tr><th scope="row">${name}</th><td>${sum(amount)}</td></tr>`)}</tfoot></table>`;
}

function payForm(invoice: Stripe.Invoice, { words }: Language, { typed, reasons, declined }: Shown): Html {
  return html`<section class="no-print" aria-labelledby="pay"><h2 id="pay">${words.papers.payInvoice}</h2>
${declined && html`<div class="alert" role="alert" tabindex="-1" autofocus><strong>${words.errorTitle}.</strong> ${declined}</div>`}
<form method="post" action="/i/${invoice.id}" novalidate data-errors="${JSON.stringify(words.errors)}" data-processing="${words.processing}" data-postal="">
${paymentFields({ words, typed, reasons }, { offered: ["card"], merchant: "Stripe sandbox" })}
<button type="submit" class="SubmitButton"><span class="label">${words.papers.payInvoice}</span></button>
</form>
${testCards(words, ["card"])}</section>`;
}
