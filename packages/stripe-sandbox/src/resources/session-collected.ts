// Writes what the payer entered on the Checkout page to the session.
import type Stripe from "stripe";
import type { Collected } from "./collected";
import { customerDetails } from "./session-object";

export function withCollected(session: Stripe.Checkout.Session, given: Collected): Stripe.Checkout.Session {
  const { email, name, phone, address, individualName, businessName } = given;
  const names = { individual_name: individualName, business_name: businessName };
  return {
    ...session,
    collected_information: { ...names, shipping_details: null },
    consent: consentOf(session, given),
    custom_fields: session.custom_fields.map((field) => answered(field, given.answers[field.key] ?? null)),
    customer_details: customerDetails({ ...names, address, email, name: individualName ?? name, phone }),
  };
}

function consentOf({ consent_collection: asked }: Stripe.Checkout.Session, given: Collected) {
  const terms = asked?.terms_of_service === "required" && given.acceptsTerms ? "accepted" : null;
  const promotions = asked?.promotions === "auto" && given.wantsPromotions !== null ? given.wantsPromotions : null;
  if (!asked) return null;
  const choice = promotions === null ? null : promotions ? "opt_in" : "opt_out";
  return { promotions: choice, terms_of_service: terms } satisfies Stripe.Checkout.Session.Consent;
}

function answered(field: Stripe.Checkout.Session.CustomField, value: string | null) {
  if (field.dropdown) return { ...field, dropdown: { ...field.dropdown, value } };
  if (field.numeric) return { ...field, numeric: { ...field.numeric, value } };
  if (field.text) return { ...field, text: { ...field.text, value } };
  return field;
}
