import type Stripe from "stripe";
import type { DetailsCollectedFromPayer } from "./collected-details";
import { customerDetails } from "./session-object";

export function withCollectedDetails(
  session: Stripe.Checkout.Session,
  input: DetailsCollectedFromPayer,
): Stripe.Checkout.Session {
  const { email, name, phone, address, individualName, businessName } = input;
  const names = { individual_name: individualName, business_name: businessName };
  return {
    ...session,
    collected_information: { ...names, shipping_details: null },
    consent: consentOf(session, input),
    custom_fields: session.custom_fields.map((field) => answered(field, input.answers[field.key] ?? null)),
    customer_details: customerDetails({ ...names, address, email, name: individualName ?? name, phone }),
  };
}

function consentOf({ consent_collection: requested }: Stripe.Checkout.Session, input: DetailsCollectedFromPayer) {
  const terms = requested?.terms_of_service === "required" && input.acceptsTerms ? "accepted" : null;
  const promotions = requested?.promotions === "auto" && input.wantsPromotions !== null ? input.wantsPromotions : null;
  if (!requested) return null;
  const choice = promotions === null ? null : promotions ? "opt_in" : "opt_out";
  return { promotions: choice, terms_of_service: terms } satisfies Stripe.Checkout.Session.Consent;
}

function answered(field: Stripe.Checkout.Session.CustomField, value: string | null) {
  if (field.dropdown) return { ...field, dropdown: { ...field.dropdown, value } };
  if (field.numeric) return { ...field, numeric: { ...field.numeric, value } };
  if (field.text) return { ...field, text: { ...field.text, value } };
  return field;
}
