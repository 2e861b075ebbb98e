import type Stripe from "stripe";
import { type Html, html, htmlReply } from "../http/html";
import { fillPlaceholders, type Language } from "../locales/languages";
import { formatDecimal } from "../money";
import type { FormState } from "../payment-form/fields";
import { inputField } from "../payment-form/fields";
import { paymentFields } from "../payment-form/payment-fields";
import { testDataSection } from "../payment-form/test-data";
import { hasCustomUnitAmount } from "../resources/session-lines";
import type { OfferedPaymentMethodType } from "../resources/session-methods";
import { asksForPaymentMethod } from "./checkout-form";
import { addressFields, consentFields, contactFields, customFields } from "./collect-fields";
import { COUNTRIES_REQUIRING_POSTAL_CODE } from "./countries";
import { formatSessionTotal, paymentSummary } from "./summary";
import type { CheckoutPageData } from "./view";
import { CHECKOUT_FORM_ID, isEmbedded } from "./view";

export const MERCHANT_NAME = "Stripe sandbox";

export function checkoutPage(view: CheckoutPageData) {
  const { session, language } = view;
  const { messages } = language;
  const heading = session.mode === "setup" ? messages.headingSetup : messages.heading;
  const body = html`<main class="checkout${isEmbedded(session) && " embedded"}">
${paymentSummary(view)}
<section class="pay" aria-labelledby="pay-heading">
<h2 id="pay-heading">${heading}</h2>
${view.declined !== null && alert(`${messages.errorTitle}.`, view.declined)}
${view.totalChanged && alert("", fillPlaceholders(messages.totalChanged, { amount: formatSessionTotal(language, session) }))}
${formOf(view)}
${asksForPaymentMethod(session) && testDataSection(messages, session.payment_method_types as OfferedPaymentMethodType[])}
</section>
</main>`;
  const title = `${view.lines[0]?.description ?? heading} · ${messages.testMode}`;
  return htmlReply(200, body, { ...checkoutPageOptions(session, language), title, script: "/assets/checkout.js" });
}

export function checkoutPageOptions(session: Stripe.Checkout.Session, { locale, direction }: Language) {
  return { lang: locale, direction, formOrigins: originsOf(session), mayBeFramed: isEmbedded(session) };
}

function alert(title: string, message: string): Html {
  return html`<div class="alert" role="alert" tabindex="-1" autofocus>${title && html`<strong>${title}</strong> `}${message}</div>`;
}

function formOf(view: CheckoutPageData): Html {
  const { session, language, lines } = view;
  const { messages } = language;
  const form = { ...view.form, messages };
  const offered = session.payment_method_types as OfferedPaymentMethodType[];
  // The form states the URL to which it is posted. Without it, the form would be posted to the challenge's URL after a
  // failed authentication.
  return html`<form method="post" id="${CHECKOUT_FORM_ID}" action="/c/pay/${session.id}" novalidate data-errors="${JSON.stringify(messages.errors)}" data-processing="${messages.processing}" data-postal="${COUNTRIES_REQUIRING_POSTAL_CODE.join()}">
<input type="hidden" name="shownTotal" value="${session.amount_total ?? 0}">
${ownAmountField(form, view)}
${contactFields(form, session)}
${asksForPaymentMethod(session) && paymentFields(form, { offered, merchant: MERCHANT_NAME })}
${(asksForPaymentMethod(session) || session.billing_address_collection === "required") && addressFields(form, session, language)}
${customFields(form, session)}
${consentFields(form, session)}
${session.custom_text.submit && html`<p class="small">${session.custom_text.submit.message}</p>`}
<button type="submit" class="SubmitButton"><span class="label">${buttonOf(session, language)}</span></button>
${canChange(lines) && html`<button type="submit" name="action" value="update" class="quiet without-script">${messages.update}</button>`}
${noteOf(view)}
</form>`;
}

function canChange(lines: Stripe.LineItem[]): boolean {
  return lines.some((line) => hasCustomUnitAmount(line) || line.adjustable_quantity?.enabled);
}

function ownAmountField(form: FormState, { session, lines }: CheckoutPageData) {
  const line = lines.find(hasCustomUnitAmount);
  if (!line) return false;
  const currency = session.currency ?? "usd";
  const label = fillPlaceholders(form.messages.customAmount, { currency: currency.toUpperCase() });
  const preset = session.amount_total ? formatDecimal({ amount: session.amount_total, currency }) : "";
  const attributes = html`inputmode="decimal" dir="ltr" autocomplete="off"`;
  return inputField(form, { name: "customAmount", label, preset, attributes });
}

function buttonOf(session: Stripe.Checkout.Session, language: Language): string {
  const { messages } = language;
  const { submit_type: submitType, mode } = session;
  if (mode === "setup") return messages.buttonSetup;
  if (!session.amount_total && mode === "subscription") return messages.buttonTrial;
  const verb =
    submitType && submitType in messages.buttons ? submitType : mode === "subscription" ? "subscribe" : "pay";
  return fillPlaceholders(messages.buttons[verb as keyof typeof messages.buttons], {
    amount: formatSessionTotal(language, session),
  });
}

function noteOf({ session, firstChargeAt, language }: CheckoutPageData) {
  const { mode, consent_collection: consent } = session;
  const { messages } = language;
  if (mode === "payment" || consent?.payment_method_reuse_agreement?.position === "hidden") return false;
  return html`<p class="small">${mode === "setup" || firstChargeAt !== null ? messages.reuseNote : messages.recurringNote}</p>`;
}

/**
 * Returns the origins of the site's return URLs. The directive form-action of the page's Content-Security-Policy must
 * name them, because Chromium also checks the redirect after a form is sent.
 */
function originsOf({ success_url, cancel_url, return_url }: Stripe.Checkout.Session): string[] {
  const urls = [success_url, cancel_url, return_url].filter(
    (url): url is string => Boolean(url) && URL.canParse(url ?? ""),
  );
  return [...new Set(urls.map((url) => new URL(url).origin))];
}
