// Serves hosted invoices and receipts. As at Stripe, anyone with the URL can view them. They have a print style instead
// of a PDF.
import type { IncomingMessage } from "node:http";
import type Stripe from "stripe";
import type { Account } from "../account";
import { declineMessage } from "../checkout-page/decline-messages";
import { authenticationPageBody, closedCheckoutPage } from "../checkout-page/other-pages";
import { unsupportedError } from "../http/errors";
import { htmlReply } from "../http/html";
import type { Reply } from "../http/reply";
import { formatMoneyIn, type Language, languageFor } from "../locales/languages";
import { answerInvoiceChallenge, findChallengedMethod, payInvoiceOnPage } from "../payment-flows/pay-invoice-page";
import type { AttemptResult } from "../payment-flows/payment-attempt";
import { parseMethodDetails } from "../payment-form/method-details";
import { readSubmittedFields, type SubmittedFields } from "../payment-form/read-form";
import type { Sandbox } from "../sandbox";
import { invoicePage } from "./invoice-page";
import { receiptPage } from "./receipt-page";

type Visit = {
  sandbox: Sandbox;
  account: Account;
  invoice: Stripe.Invoice;
  language: Language;
};

export async function serveReceiptAndInvoicePages(
  sandbox: Sandbox,
  request: IncomingMessage,
  path: string,
): Promise<Reply> {
  const [, kind, id = "", step = ""] = path.split("/");
  const language = languageFor(null, request.headers["accept-language"]);
  if (kind === "receipts") return answerReceipt(sandbox, id, language);
  const accountId = sandbox.store.findAccountOf("invoice", id);
  if (!accountId) return closedCheckoutPage(null, language);
  const account = sandbox.account(accountId);
  const visit = { sandbox, account, invoice: account.get("invoice", id), language };
  if (step === "pdf") return noPdf();
  if (request.method === "POST") return runAction(visit, step, await readSubmittedFields(request));
  return step === "authenticate" ? challenge(visit) : invoicePage(visit);
}

function answerReceipt(sandbox: Sandbox, id: string, language: Language): Reply {
  const accountId = sandbox.store.findAccountOf("charge", id);
  const charge = accountId ? sandbox.account(accountId).find("charge", id) : null;
  return charge?.paid ? receiptPage(charge, language) : closedCheckoutPage(null, language);
}

function noPdf(): Reply {
  const { message } = unsupportedError("invoices as PDF: print the page at hosted_invoice_url");
  return { status: 501, headers: { "content-type": "text/plain; charset=utf-8" }, body: `${message}\n` };
}

function runAction(visit: Visit, step: string, typed: SubmittedFields): Reply {
  const { sandbox, account, invoice } = visit;
  if (invoice.status !== "open") return invoicePage(visit);
  if (step === "authenticate") {
    const passed = typed.answer === "complete";
    return conclude(
      visit,
      sandbox.store.transaction(() => answerInvoiceChallenge(account, invoice, passed)),
      {},
    );
  }
  const read = parseMethodDetails(typed, { offered: ["card"], now: account.now() });
  if (read.kind === "refused") return invoicePage(visit, { typed, reasons: read.reasons, declined: null });
  const payer = { methodDetails: read.methodDetails, name: read.name };
  return conclude(
    visit,
    sandbox.store.transaction(() => payInvoiceOnPage(account, invoice, payer)),
    typed,
  );
}

function conclude(visit: Visit, result: AttemptResult | null, typed: SubmittedFields): Reply {
  const { sandbox, account, language } = visit;
  sandbox.sender.wake();
  const invoice = account.get("invoice", visit.invoice.id);
  if (result?.kind === "challenged") return seeOther(`/i/${invoice.id}/authenticate`);
  if (result?.kind !== "declined") return seeOther(`/i/${invoice.id}`);
  const declined = declineMessage(language, result.decline);
  return invoicePage({ account, invoice, language }, { typed, reasons: {}, declined });
}

function challenge({ account, invoice, language }: Visit): Reply {
  if (invoice.status !== "open" || !findChallengedMethod(account, invoice)) return seeOther(`/i/${invoice.id}`);
  const sum = formatMoneyIn(language, { amount: invoice.amount_remaining, currency: invoice.currency });
  const { locale: lang, direction, messages } = language;
  return htmlReply(200, authenticationPageBody(language, sum), { lang, direction, title: messages.authentication });
}

function seeOther(location: string): Reply {
  return { status: 303, headers: { location }, body: "" };
}
