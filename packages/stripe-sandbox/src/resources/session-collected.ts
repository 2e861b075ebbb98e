// What the giver told on the Checkout page, and where the session shows it again.
import type Stripe from "stripe";
import { customerDetails } from "./session-object";

export type Collected = {
  email: string | null;
  name: string | null;
  phone: string | null;
  address: Stripe.Address | null;
  individualName: string | null;
  businessName: string | null;
  /** Custom fields, by key. */
  answers: Record<string, string>;
  acceptsTerms: boolean;
  /** Null where it was not asked. */
  wantsPromotions: boolean | null;
  /** Ticked, where the session offers to save the way to pay. */
  savesMethod: boolean;
  /** Adjustable lines, by id. */
  quantities: Record<string, number>;
  /** "Choose your own amount", in minor units. */
  ownAmount: number | null;
};

export function onlyNameAndEmail(email: string, name: string): Collected {
  return {
    email,
    name,
    phone: null,
    address: null,
    individualName: null,
    businessName: null,
    answers: {},
    acceptsTerms: false,
    wantsPromotions: null,
    savesMethod: false,
    quantities: {},
    ownAmount: null,
  };
}

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
