import type Stripe from "stripe";
import { type Html, html } from "../http/html";
import { countryName, type Language } from "../locales/languages";
import { checkboxField, type FormState, inputField, selectField } from "../payment-form/fields";
import { maySaveMethod } from "./checkout-form";
import { COUNTRIES, guessCountry } from "./countries";

type Session = Stripe.Checkout.Session;

export function contactFields(form: FormState, session: Session): Html {
  const { messages } = form;
  const email = session.customer_details?.email ?? null;
  const locked = email !== null && html` readonly`;
  const attributes = html`type="email" autocomplete="email" inputmode="email"${locked}`;
  return html`<fieldset><legend>${messages.contact}</legend>
${inputField(form, { name: "email", label: messages.email, preset: email, attributes })}
${session.phone_number_collection?.enabled && inputField(form, { name: "phone", label: messages.phone, attributes: html`type="tel" autocomplete="tel" dir="ltr"` })}
${nameFields(form, session)}
</fieldset>`;
}

function nameFields(form: FormState, { name_collection: collection }: Session) {
  const { messages } = form;
  const fields = [
    { name: "individualName", label: messages.individualName, setting: collection?.individual, token: "name" },
    { name: "businessName", label: messages.businessName, setting: collection?.business, token: "organization" },
  ];
  return fields.map(
    ({ name, label, setting, token }) =>
      setting?.enabled &&
      inputField(form, { name, label, optional: setting.optional, attributes: html`autocomplete="${token}"` }),
  );
}

/**
 * Returns the fields for country and postal code, and the other address fields if the session requires an address. If
 * it does not, the page's script hides the postal code for countries that are not in COUNTRIES_REQUIRING_POSTAL_CODE.
 */
export function addressFields(form: FormState, session: Session, language: Language): Html {
  const { messages } = form;
  const whole = session.billing_address_collection === "required";
  const options = COUNTRIES.map((code) => ({ value: code, label: countryName(language, code) }));
  options.sort((a, b) => a.label.localeCompare(b.label, language.locale));
  const preset = guessCountry(session, language);
  const line = (name: string, token: string, { label, optional = false }: { label: string; optional?: boolean }) =>
    inputField(form, { name, label, optional, attributes: html`autocomplete="${token}"` });
  return html`<fieldset><legend>${messages.billingAddress}</legend>
${selectField(form, { name: "country", label: messages.country, options, preset, attributes: html`autocomplete="billing country"` })}
${whole && line("line1", "billing address-line1", { label: messages.line1 })}
${whole && line("line2", "billing address-line2", { label: messages.line2, optional: true })}
<div class="pair">
${line("postalCode", "billing postal-code", { label: messages.postalCode })}
${whole && line("city", "billing address-level2", { label: messages.city })}
</div>
${whole && line("state", "billing address-level1", { label: messages.state, optional: true })}
</fieldset>`;
}

export function customFields(form: FormState, session: Session): Html | false {
  if (session.custom_fields.length === 0) return false;
  return html`<div class="custom">${session.custom_fields.map((field) => customField(form, field))}</div>`;
}

function customField(form: FormState, field: Stripe.Checkout.Session.CustomField): Html {
  const { key, label, optional, dropdown } = field;
  const common = { name: `custom_${key}`, label: label.custom ?? key, optional };
  if (!dropdown) {
    const rules = field.text ?? field.numeric;
    const attributes = html`${field.numeric && html`inputmode="numeric" `}maxlength="${rules?.maximum_length ?? 255}"`;
    return inputField(form, { ...common, preset: rules?.default_value, attributes });
  }
  const options = [{ value: "", label: form.messages.choose }, ...dropdown.options];
  return selectField(form, { ...common, preset: dropdown.default_value, options });
}

export function consentFields(form: FormState, session: Session): Html {
  const { messages } = form;
  const consent = session.consent_collection;
  const terms = session.custom_text.terms_of_service_acceptance?.message ?? messages.terms;
  return html`${maySaveMethod(session) && checkboxField(form, { name: "saveMethod", label: messages.saveMethod })}
${consent?.promotions === "auto" && checkboxField(form, { name: "promotions", label: messages.promotions })}
${consent?.terms_of_service === "required" && checkboxField(form, { name: "termsOfService", label: terms, optional: false })}`;
}
