import type Stripe from "stripe";
import type { Account } from "../account";
import { type Html, html, htmlReply } from "../http/html";
import { fillPlaceholders, formatDay, formatMoneyIn, type Language } from "../locales/languages";
import { paymentFields } from "../payment-form/payment-fields";
import type { FieldErrors, SubmittedFields } from "../payment-form/read-form";
import { testDataSection } from "../payment-form/test-data";

type InvoiceView = {
  account: Account;
  invoice: Stripe.Invoice;
  language: Language;
};

type Shown = {
  typed: SubmittedFields;
  reasons: FieldErrors;
  declined: string | null;
};

const NOTHING: Shown = { typed: {}, reasons: {}, declined: null };

export function invoicePage({ account, invoice, language }: InvoiceView, shown: Shown = NOTHING) {
  const { messages, locale, direction } = language;
  const { documents } = messages;
  const title = fillPlaceholders(documents.invoice, { number: invoice.number ?? "" });
  const status = documents.statuses[(invoice.status ?? "open") as keyof typeof documents.statuses];
  const mayPay = invoice.status === "open" && account.find("customer", String(invoice.customer)) !== null;
  const body = html`<main class="document">
<p class="top"><strong class="badge">${messages.testMode}</strong></p>
<h1>${title}</h1>
<p class="sum">${formatMoneyIn(language, { amount: invoice.amount_due, currency: invoice.currency })} · ${status}</p>
${factsOf(invoice, language)}
${linesOf(invoice, language)}
${mayPay && payForm(invoice, language, shown)}
</main>`;
  return htmlReply(200, body, { lang: locale, direction, title, script: mayPay ? "/assets/checkout.js" : undefined });
}

export function detailEntry(name: string, value: string | null): Html | false {
  return value !== null && html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

function factsOf(invoice: Stripe.Invoice, language: Language): Html {
  const { documents } = language.messages;
  const day = (seconds: number | null) => (seconds === null ? null : formatDay(language, seconds));
  const name = [invoice.customer_name, invoice.customer_email].filter(Boolean).join(", ");
  return html`<dl>
${detailEntry(documents.billedTo, name || null)}
${detailEntry(documents.issued, day(invoice.status_transitions.finalized_at ?? invoice.created))}
${detailEntry(documents.due, day(invoice.due_date))}
${detailEntry(documents.paidOn, day(invoice.status_transitions.paid_at))}
</dl>`;
}

function linesOf(invoice: Stripe.Invoice, language: Language): Html {
  const { documents } = language.messages;
  const sum = (amount: number) => formatMoneyIn(language, { amount, currency: invoice.currency });
  const rows = invoice.lines.data.map(({ description, period, amount }) => {
    const days = fillPlaceholders(documents.period, {
      start: formatDay(language, period.start),
      end: formatDay(language, period.end),
    });
    return html`<tr><td>${description}${period.end > period.start && html`<br><span class="small">${days}</span>`}</td><td>${sum(amount)}</td></tr>`;
  });
  const totals = [
    [documents.total, invoice.total],
    [documents.amountPaid, invoice.amount_paid],
    [documents.amountDue, invoice.amount_remaining],
  ] as const;
  return html`<table><thead><tr><th scope="col">${documents.description}</th><th scope="col">${documents.amount}</th></tr></thead>
<tbody>${rows}</tbody>
<tfoot>${totals.map(([name, amount]) => html`<tr><th scope="row">${name}</th><td>${sum(amount)}</td></tr>`)}</tfoot></table>`;
}

function payForm(invoice: Stripe.Invoice, { messages }: Language, { typed, reasons, declined }: Shown): Html {
  return html`<section class="no-print" aria-labelledby="pay"><h2 id="pay">${messages.documents.payInvoice}</h2>
${declined && html`<div class="alert" role="alert" tabindex="-1" autofocus><strong>${messages.errorTitle}.</strong> ${declined}</div>`}
<form method="post" action="/i/${invoice.id}" novalidate data-errors="${JSON.stringify(messages.errors)}" data-processing="${messages.processing}" data-postal="">
${paymentFields({ messages, typed, reasons }, { offered: ["card"], merchant: "Stripe sandbox" })}
<button type="submit" class="SubmitButton"><span class="label">${messages.documents.payInvoice}</span></button>
</form>
${testDataSection(messages, ["card"])}</section>`;
}
