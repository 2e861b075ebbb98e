import type Stripe from "stripe";
import { COUNTRIES } from "../checkout-page/countries";
import { declineMessage } from "../checkout-page/decline-messages";
import { unsupportedError } from "../http/errors";
import { type Html, html, htmlReply } from "../http/html";
import type { Reply } from "../http/reply";
import { countryName, fillPlaceholders, formatDay, formatInterval, formatMoneyIn } from "../locales/languages";
import { earliestPeriodEndOf } from "../payment-flows/portal";
import { type FormState, inputField, selectField } from "../payment-form/fields";
import { paymentFields } from "../payment-form/payment-fields";
import type { FieldErrors, SubmittedFields } from "../payment-form/read-form";
import { testDataSection } from "../payment-form/test-data";
import type { PaymentMethodDecline } from "../test-cards";
import { portalPageHeader, returnUrlOriginsOf } from "./home-page";
import { methodsOfferedInPortal } from "./method-actions";
import { listPricesToSwitchTo, mayPause, productNameOrPriceId } from "./subscription-actions";
import type { PortalVisit } from "./visit";
import { findSubscriptionUnlessCanceled } from "./visit";

type Step = {
  step: string;
  id: string;
  typed?: SubmittedFields;
  reasons?: FieldErrors;
  decline?: PaymentMethodDecline | null;
};

export function findStepPage(visit: PortalVisit, step: Step): Reply | null {
  const { features } = visit;
  if (step.step === "cancel" && features.subscription_cancel.enabled) return cancelPage(visit, step.id);
  if (step.step === "method" && features.payment_method_update.enabled) return methodPage(visit, step);
  if (step.step === "details" && features.customer_update.enabled) return detailsPage(visit, step);
  if (step.step === "change") return changePage(visit, step.id);
  return step.step === "pause" ? pausePage(visit, step.id) : null;
}

function pausePage(visit: PortalVisit, id: string): Reply | null {
  const { session, features, language } = visit;
  const { portal } = language.messages;
  const subscription = findSubscriptionUnlessCanceled(visit, id);
  if (!subscription || !mayPause(visit, subscription)) return null;
  if (features.subscription_pause.duration.type !== "indefinite") return unbuiltPage("pauses that end by themselves");
  const body = html`<p>${portal.pauseText}</p>
<form method="post" action="${session.url}/pause/${id}"><button type="submit">${portal.pause}</button></form>`;
  return page(visit, portal.pauseTitle, { body });
}

function unbuiltPage(what: string): Reply {
  const { message } = unsupportedError(`in the billing portal, ${what}`);
  return { status: 501, headers: { "content-type": "text/plain; charset=utf-8" }, body: `${message}\n` };
}

function changePage(visit: PortalVisit, id: string): Reply | null {
  const { session, language } = visit;
  const { portal } = language.messages;
  const subscription = findSubscriptionUnlessCanceled(visit, id);
  const prices = subscription ? listPricesToSwitchTo(visit, subscription) : [];
  if (prices.length === 0) return null;
  const quantity = subscription?.items.data[0]?.quantity ?? 1;
  const radios = prices.map((price, index) => {
    const sum = formatMoneyIn(language, { amount: (price.unit_amount ?? 0) * quantity, currency: price.currency });
    const label = `${productNameOrPriceId(visit, price)}: ${sum} ${formatInterval(language, price.recurring)}`;
    return html`<label class="radio"><input type="radio" name="price" value="${price.id}"${index === 0 && html` checked`}> <span>${label}</span></label>`;
  });
  const body = html`<form method="post" action="${session.url}/change/${id}">
<fieldset><legend>${portal.changeTo}</legend>${radios}</fieldset>
<button type="submit">${portal.change}</button>
</form>`;
  return page(visit, portal.changeTitle, { body });
}

function page(visit: PortalVisit, title: string, { body, script }: { body: Html; script?: string }): Reply {
  const { locale, direction, messages } = visit.language;
  const whole = html`<main class="portal">${portalPageHeader(visit)}
<section aria-labelledby="step"><h2 id="step">${title}</h2>
${body}
<p><a class="action" href="${visit.session.url}?done=">${messages.back}</a></p>
</section></main>`;
  const options = { lang: locale, direction, title: `${title} · ${messages.portal.title}`, script };
  return htmlReply(200, whole, { ...options, formOrigins: returnUrlOriginsOf(visit.session) });
}

function cancelPage(visit: PortalVisit, id: string): Reply | null {
  const { session, features, language } = visit;
  const { messages } = language;
  const subscription = findSubscriptionUnlessCanceled(visit, id);
  if (!subscription || subscription.cancel_at !== null) return null;
  const { mode, cancellation_reason: reasonFeature } = features.subscription_cancel;
  const end = fillPlaceholders(messages.portal.cancelAtEnd, {
    date: formatDay(language, earliestPeriodEndOf(subscription)),
  });
  const body = html`<p>${mode === "immediately" ? messages.portal.cancelNow : end}</p>
<form method="post" action="${session.url}/cancel/${id}">
${reasonFeature.enabled && reasonFields(visit, reasonFeature.options)}
<button type="submit">${messages.portal.cancel}</button>
</form>`;
  return page(visit, messages.portal.cancelTitle, { body });
}

function reasonFields({ language }: PortalVisit, options: string[]): Html {
  const { portal } = language.messages;
  const radios = options.map(
    (option) =>
      html`<label class="radio"><input type="radio" name="feedback" value="${option}"> <span>${portal.reasons[option as keyof typeof portal.reasons]}</span></label>`,
  );
  return html`<fieldset><legend>${portal.why}</legend>${radios}</fieldset>
<div class="field"><label for="comment">${portal.comment} <span class="optional">(${language.messages.optional})</span></label>
<textarea id="comment" name="comment" maxlength="500" rows="3"></textarea></div>`;
}

function methodPage(visit: PortalVisit, { typed = {}, reasons = {}, decline = null }: Step): Reply {
  const { session, language } = visit;
  const { messages } = language;
  const form: FormState = { messages, typed, reasons };
  const offered = methodsOfferedInPortal(visit);
  const body = html`${decline && html`<div class="alert" role="alert">${declineMessage(language, decline)}</div>`}
<form method="post" action="${session.url}/method" novalidate data-errors="${JSON.stringify(messages.errors)}" data-processing="${messages.processing}" data-postal="">
${paymentFields(form, { offered, merchant: "Stripe sandbox" })}
<button type="submit" class="SubmitButton"><span class="label">${messages.portal.save}</span></button>
</form>
${testDataSection(messages, offered)}`;
  return page(visit, messages.portal.addMethod, { body, script: "/assets/checkout.js" });
}

function detailsPage(visit: PortalVisit, { typed, reasons = {} }: Step): Reply {
  const { session, customer, features, language } = visit;
  const { messages } = language;
  const form: FormState = { messages, typed: typed ?? detailsOf(customer), reasons };
  const allowed = features.customer_update.allowed_updates;
  const field = (name: string, token: string, { label, optional = true }: { label: string; optional?: boolean }) =>
    inputField(form, { name, label, optional, attributes: html`autocomplete="${token}"` });
  const countries = COUNTRIES.map((value) => ({ value, label: countryName(language, value) }));
  const options = [{ value: "", label: messages.choose }, ...countries];
  const body = html`<form method="post" action="${session.url}/details" novalidate>
${allowed.includes("name") && field("name", "name", { label: messages.individualName })}
${allowed.includes("email") && field("email", "email", { label: messages.email, optional: false })}
${allowed.includes("phone") && field("phone", "tel", { label: messages.phone })}
${
  allowed.includes("address") &&
  html`${field("line1", "address-line1", { label: messages.line1 })}${field("line2", "address-line2", { label: messages.line2 })}
${field("postalCode", "postal-code", { label: messages.postalCode })}${field("city", "address-level2", { label: messages.city })}${field("state", "address-level1", { label: messages.state })}
${selectField(form, { name: "country", label: messages.country, options, optional: true })}`
}
<button type="submit">${messages.portal.save}</button>
</form>`;
  return page(visit, messages.portal.edit, { body });
}

function detailsOf({ name, email, phone, address }: Stripe.Customer): SubmittedFields {
  const { line1, line2, city, state, country, postal_code: postalCode } = address ?? {};
  const all = { name, email, phone, line1, line2, city, state, country, postalCode };
  return Object.fromEntries(Object.entries(all).map(([key, value]) => [key, value ?? ""]));
}

export function changeDonePage({ session, language }: PortalVisit, message: string | null): Reply {
  const { messages, locale, direction } = language;
  const body = html`<main class="plain">
<strong class="badge">${messages.testMode}</strong>
<h1>${messages.portal.done}</h1>
<p>${message ?? messages.portal.saved}</p>
${session.return_url && html`<p><a href="${session.return_url}">${messages.cancelLink}</a></p>`}
</main>`;
  return htmlReply(200, body, { lang: locale, direction, title: messages.portal.done });
}
