import type Stripe from "stripe";
import type { Account } from "../account";
import { emptyForm } from "../http/form";
import { METADATA_PARAM, mergeMetadata, withoutEmptyValues } from "../http/metadata";
import type { ParsedParams } from "../http/params";
import { boolean, declareUnsupportedParams, readParams } from "../http/params";
import {
  listRoute,
  PAGINATION_PARAMS,
  pageOfNestedList,
  type Route,
  requireObject,
  retrieveRoute,
  route,
} from "../http/route";
import { apiListOf } from "../objects";
import { createCheckoutSession } from "./checkout-sessions";
import { PAYMENT_LINK_CREATE_PARAMS, PAYMENT_LINK_SESSION_PARAMS } from "./payment-link-params";
import { previousAttributes } from "./previous-attributes";
import { refuseUnsupportedSessionParams } from "./session-checks";
import { createCheckoutLineItem } from "./session-lines";
import { checkoutNameCollection } from "./session-object";
import { CHECKOUT_SESSION_CREATE_PARAMS } from "./session-params";

type LinkParams = ParsedParams<typeof PAYMENT_LINK_CREATE_PARAMS>;

function create(account: Account, requested: LinkParams): Stripe.PaymentLink {
  refuseUnsupportedSessionParams(requested);
  const lines = requested.line_items.map((line, index) => createCheckoutLineItem(account, line, { index }));
  const id = account.newId("plink_");
  const link: Stripe.PaymentLink = {
    id,
    object: "payment_link",
    active: true,
    after_completion: afterCompletionOf(requested),
    application: null,
    application_fee_amount: null,
    application_fee_percent: null,
    automatic_tax: { enabled: false, liability: null },
    currency: lines[0]?.currency ?? "usd",
    livemode: account.livemode,
    managed_payments: null,
    on_behalf_of: null,
    ...checkoutNameCollection(requested),
    payment_method_collection: requested.payment_method_collection ?? "always",
    payment_method_options: null,
    restrictions: null,
    shipping_address_collection: null,
    shipping_options: [],
    tax_id_collection: { enabled: false, required: "never" },
    transfer_data: null,
    url: `${account.baseUrl}/l/${id}`,
    ...shownOf(requested, lines),
  };
  account.putWithInternalState<"payment_link">(link, { requested, lineItems: lines });
  account.emit("payment_link.created", link);
  return link;
}

function shownOf(requested: LinkParams, lines: Stripe.LineItem[]) {
  const {
    consent_collection: consent,
    custom_text: customText,
    payment_intent_data: intent,
    subscription_data,
  } = requested;
  return {
    allow_promotion_codes: requested.allow_promotion_codes ?? false,
    billing_address_collection: requested.billing_address_collection ?? "auto",
    consent_collection: consent
      ? {
          payment_method_reuse_agreement: consent.payment_method_reuse_agreement ?? null,
          promotions: consent.promotions ?? null,
          terms_of_service: consent.terms_of_service ?? null,
        }
      : null,
    custom_fields: (requested.custom_fields ?? []).map(customFieldOf),
    custom_text: {
      after_submit: customText?.after_submit ?? null,
      shipping_address: customText?.shipping_address ?? null,
      submit: customText?.submit ?? null,
      terms_of_service_acceptance: customText?.terms_of_service_acceptance ?? null,
    },
    customer_creation: requested.customer_creation ?? (modeOf(lines) === "payment" ? "if_required" : "always"),
    inactive_message: requested.inactive_message ?? null,
    invoice_creation: modeOf(lines) === "payment" ? { enabled: false, invoice_data: null } : null,
    metadata: withoutEmptyValues(requested.metadata),
    payment_intent_data: intent
      ? {
          capture_method: intent.capture_method ?? null,
          description: intent.description ?? null,
          metadata: withoutEmptyValues(intent.metadata),
          setup_future_usage: intent.setup_future_usage ?? null,
          statement_descriptor: intent.statement_descriptor ?? null,
          statement_descriptor_suffix: intent.statement_descriptor_suffix ?? null,
          transfer_group: null,
        }
      : null,
    payment_method_types: requested.payment_method_types ?? null,
    phone_number_collection: { enabled: requested.phone_number_collection?.enabled ?? false },
    submit_type: requested.submit_type ?? "auto",
    subscription_data: subscription_data
      ? {
          description: subscription_data.description ?? null,
          invoice_settings: {
            account_tax_ids: null,
            custom_fields: null,
            description: null,
            footer: null,
            issuer: { type: "self" },
          },
          metadata: withoutEmptyValues(subscription_data.metadata),
          trial_period_days: subscription_data.trial_period_days ?? null,
          trial_settings: null,
        }
      : null,
  } satisfies Partial<Stripe.PaymentLink>;
}

function customFieldOf(field: NonNullable<LinkParams["custom_fields"]>[number]): Stripe.PaymentLink.CustomField {
  const { key, label, type } = field;
  const shared = { key, label, optional: field.optional ?? false, type };
  if (type === "dropdown") {
    const { default_value = null, options = [] } = field.dropdown ?? {};
    return { ...shared, dropdown: { default_value, options } };
  }
  const { default_value = null, maximum_length = null, minimum_length = null } = field[type] ?? {};
  return { ...shared, [type]: { default_value, maximum_length, minimum_length } };
}

function afterCompletionOf({ after_completion: input }: Pick<LinkParams, "after_completion">) {
  if (input?.type === "redirect" && input.redirect) return { type: input.type, redirect: input.redirect };
  const message = input?.hosted_confirmation?.custom_message ?? null;
  return { type: "hosted_confirmation", hosted_confirmation: { custom_message: message } };
}

function modeOf(lines: Stripe.LineItem[]): "payment" | "subscription" {
  return lines.some(({ price }) => price?.recurring) ? "subscription" : "payment";
}

/**
 * Opens a Checkout session for the link. If the link has no redirect, the payer returns to the Checkout page, which
 * then shows a confirmation.
 */
export function openSessionFromLink(account: Account, link: Stripe.PaymentLink): Stripe.Checkout.Session {
  const { requested, lineItems } = account.internalState<"payment_link">(link.id);
  const line_items = requested.line_items.map((line, index) => ({
    ...line,
    price: lineItems[index]?.price?.id,
    price_data: undefined,
  }));
  const handedOn = Object.fromEntries(
    Object.entries(requested).filter(([name]) => Object.hasOwn(PAYMENT_LINK_SESSION_PARAMS, name)),
  );
  const { redirect } = link.after_completion;
  const nothing = readParams(Object.assign(emptyForm(), { mode: modeOf(lineItems) }), CHECKOUT_SESSION_CREATE_PARAMS);
  const success_url = redirect?.url ?? `${account.baseUrl}/c/pay/{CHECKOUT_SESSION_ID}`;
  const session = createCheckoutSession(account, { ...nothing, ...handedOn, line_items, success_url });
  const linked: Stripe.Checkout.Session = { ...session, payment_link: link.id };
  account.put(linked);
  return linked;
}

const CHANGES = {
  active: boolean(),
  after_completion: PAYMENT_LINK_CREATE_PARAMS.after_completion,
  allow_promotion_codes: boolean(),
  inactive_message: PAYMENT_LINK_CREATE_PARAMS.inactive_message,
  metadata: METADATA_PARAM,
  ...declareUnsupportedParams(`application_fee_amount application_fee_percent automatic_tax billing_address_collection
    consent_collection custom_fields custom_text customer_creation invoice_creation line_items name_collection
    on_behalf_of optional_items payment_intent_data payment_method_collection payment_method_options
    payment_method_types phone_number_collection restrictions shipping_address_collection shipping_options submit_type
    subscription_data tax_id_collection transfer_data`),
};

function update(account: Account, params: ParsedParams<typeof CHANGES>, id: string): Stripe.PaymentLink {
  const before = requireObject(account, "payment_link", { id, noun: "payment link" });
  const { requested, lineItems } = account.internalState<"payment_link">(id);
  const after: Stripe.PaymentLink = {
    ...before,
    active: params.active ?? before.active,
    after_completion: params.after_completion ? afterCompletionOf(params) : before.after_completion,
    allow_promotion_codes: params.allow_promotion_codes ?? before.allow_promotion_codes,
    inactive_message: params.inactive_message === undefined ? before.inactive_message : params.inactive_message,
    metadata: mergeMetadata(before.metadata, params.metadata),
  };
  const { metadata, allow_promotion_codes } = after;
  account.putWithInternalState<"payment_link">(after, {
    requested: { ...requested, metadata, allow_promotion_codes },
    lineItems,
  });
  account.emit("payment_link.updated", after, previousAttributes(before, after));
  return after;
}

export function linesOfLink(account: Account, id: string): Stripe.ApiList<Stripe.LineItem> {
  return apiListOf(account.internalState<"payment_link">(id).lineItems, `/v1/payment_links/${id}/line_items`);
}

export const paymentLinkRoutes: Route[] = [
  route("POST /v1/payment_links", PAYMENT_LINK_CREATE_PARAMS, create),
  route("POST /v1/payment_links/:id", CHANGES, update),
  route("GET /v1/payment_links/:id/line_items", PAGINATION_PARAMS, (account, params, id) => {
    const lines = linesOfLink(account, requireObject(account, "payment_link", { id, noun: "payment link" }).id);
    return pageOfNestedList(lines.data, lines.url, params);
  }),
  retrieveRoute("payment_link", "/v1/payment_links", "payment link"),
  listRoute("payment_link", "/v1/payment_links", {
    shape: { active: boolean() },
    where: (params) => ({ "$.active": params.active }),
  }),
];
