import type Stripe from "stripe";
import type { Account } from "../account";
import { withoutEmptyValues } from "../http/metadata";
import type { CustomFieldParams } from "./session-collection-params";
import { type OfferedPaymentMethodType, sessionMethodOptions } from "./session-methods";
import { type CheckoutSessionParams, uiModeOf } from "./session-params";

type ResolvedValues = {
  id: string;
  /** The session's total in minor units; null in setup mode. */
  total: number | null;
  currency: string | null;
  expiresAt: number;
  customer: Stripe.Customer | null;
  offered: OfferedPaymentMethodType[];
  recoveredFrom: string | null;
  /** The id of the setup intent, which exists from the start in setup mode; null in other modes. */
  setupIntent: string | null;
};

/** Stripe's default branding for an account without a logo. */
const BRANDING: Stripe.Checkout.Session.BrandingSettings = {
  background_color: "#ffffff",
  border_style: "rounded",
  button_color: "#0074d4",
  display_name: "Stripe sandbox",
  font_family: "default",
  icon: null,
  logo: null,
};

export function checkoutSessionObject(
  account: Account,
  params: CheckoutSessionParams,
  resolved: ResolvedValues,
): Stripe.Checkout.Session {
  const { id, total, currency, customer, offered } = resolved;
  const { mode } = params;
  const uiMode = uiModeOf(params);
  const isHosted = uiMode === "hosted_page" || uiMode === "form";
  const knownEmail = customer?.email ?? params.customer_email ?? null;
  return {
    id,
    object: "checkout.session",
    adaptive_pricing: { enabled: mode !== "setup" && (params.adaptive_pricing?.enabled ?? true) },
    after_expiration: afterExpirationOf(params),
    allow_promotion_codes: params.allow_promotion_codes ?? null,
    allowed_payment_method_types: params.allowed_payment_method_types ?? null,
    amount_subtotal: total,
    amount_total: total,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: params.billing_address_collection ?? null,
    branding_settings: BRANDING,
    cancel_url: params.cancel_url ?? null,
    client_reference_id: params.client_reference_id ?? null,
    client_secret: isHosted ? null : `${id}_secret_${account.newId("")}`,
    collected_information: { business_name: null, individual_name: null, shipping_details: null },
    consent: null,
    consent_collection: consentCollectionOf(params),
    created: account.now(),
    currency,
    currency_conversion: null,
    custom_fields: (params.custom_fields ?? []).map(customFieldOf),
    custom_text: {
      after_submit: params.custom_text?.after_submit ?? null,
      shipping_address: params.custom_text?.shipping_address ?? null,
      submit: params.custom_text?.submit ?? null,
      terms_of_service_acceptance: params.custom_text?.terms_of_service_acceptance ?? null,
    },
    customer: customer?.id ?? null,
    customer_account: null,
    customer_creation: customer ? null : (params.customer_creation ?? (mode === "payment" ? "if_required" : "always")),
    customer_details: knownEmail
      ? customerDetails({ email: knownEmail, tax_exempt: mode === "setup" ? null : "none" })
      : null,
    customer_email: params.customer_email ?? null,
    discounts: mode === "setup" ? null : [],
    ...(params.excluded_payment_method_types
      ? { excluded_payment_method_types: params.excluded_payment_method_types }
      : {}),
    expires_at: resolved.expiresAt,
    integration_identifier: params.integration_identifier ?? null,
    invoice: null,
    invoice_creation: mode === "payment" ? invoiceCreationOf(params) : null,
    livemode: account.livemode,
    locale: params.locale ?? null,
    managed_payments: null,
    metadata: withoutEmptyValues(params.metadata),
    mode,
    ...checkoutNameCollection(params),
    origin_context: params.origin_context ?? null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: mode === "payment" ? "if_required" : (params.payment_method_collection ?? "always"),
    payment_method_configuration_details: null,
    payment_method_options: sessionMethodOptions(params, offered),
    payment_method_types: offered,
    payment_status: mode === "setup" ? "no_payment_required" : "unpaid",
    permissions: null,
    phone_number_collection: { enabled: params.phone_number_collection?.enabled ?? false },
    recovered_from: resolved.recoveredFrom,
    ...(isHosted ? {} : { redirect_on_completion: params.redirect_on_completion ?? "always" }),
    ...(params.return_url ? { return_url: params.return_url } : {}),
    saved_payment_method_options: savedOptionsOf(params),
    setup_intent: resolved.setupIntent,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: "open",
    submit_type: params.submit_type ?? null,
    subscription: null,
    success_url: params.success_url ?? null,
    total_details: mode === "setup" ? null : { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: uiMode,
    url: isHosted ? `${account.baseUrl}/c/pay/${id}` : null,
    wallet_options: params.wallet_options ? { link: { display: params.wallet_options.link?.display ?? "auto" } } : null,
  };
}

function afterExpirationOf({
  after_expiration: input,
}: CheckoutSessionParams): Stripe.Checkout.Session.AfterExpiration | null {
  if (!input) return null;
  const { recovery } = input;
  if (!recovery) return { recovery: null };
  const promotions = recovery.allow_promotion_codes ?? false;
  return {
    recovery: { allow_promotion_codes: promotions, enabled: recovery.enabled, expires_at: null, url: null },
  };
}

function consentCollectionOf({
  consent_collection: input,
}: CheckoutSessionParams): Stripe.Checkout.Session.ConsentCollection | null {
  if (!input) return null;
  return {
    payment_method_reuse_agreement: input.payment_method_reuse_agreement ?? null,
    promotions: input.promotions ?? null,
    terms_of_service: input.terms_of_service ?? null,
  };
}

function customFieldOf(input: CustomFieldParams): Stripe.Checkout.Session.CustomField {
  const { key, label, type } = input;
  const field = { key, label, optional: input.optional ?? false, type };
  if (type === "dropdown") {
    const { default_value = null, options = [] } = input.dropdown ?? {};
    return { ...field, dropdown: { default_value, options, value: null } };
  }
  const { default_value = null, maximum_length = null, minimum_length = null } = input[type] ?? {};
  return { ...field, [type]: { default_value, maximum_length, minimum_length, value: null } };
}

export function checkoutNameCollection({ name_collection: input }: Pick<CheckoutSessionParams, "name_collection">) {
  if (!input) return {};
  const collection: Stripe.Checkout.Session.NameCollection = {};
  for (const kind of ["business", "individual"] as const) {
    const requested = input[kind];
    if (requested) collection[kind] = { enabled: requested.enabled, optional: requested.optional ?? false };
  }
  return { name_collection: collection };
}

function savedOptionsOf(params: CheckoutSessionParams): Stripe.Checkout.Session.SavedPaymentMethodOptions | null {
  const input = params.saved_payment_method_options;
  const usual = params.mode === "subscription" || (params.mode === "payment" && params.customer);
  if (!input && !usual) return null;
  return {
    allow_redisplay_filters: input?.allow_redisplay_filters ?? ["always"],
    payment_method_remove: input?.payment_method_remove ?? "disabled",
    payment_method_save: input?.payment_method_save ?? null,
  };
}

function invoiceCreationOf({
  invoice_creation: input,
}: CheckoutSessionParams): Stripe.Checkout.Session.InvoiceCreation {
  const data = input?.invoice_data;
  return {
    enabled: input?.enabled ?? false,
    invoice_data: {
      account_tax_ids: null,
      custom_fields: data?.custom_fields ?? null,
      description: data?.description ?? null,
      footer: data?.footer ?? null,
      issuer: null,
      metadata: withoutEmptyValues(data?.metadata),
      rendering_options: null,
    },
  };
}

export function customerDetails(
  input: Partial<Stripe.Checkout.Session.CustomerDetails>,
): Stripe.Checkout.Session.CustomerDetails {
  const nothing = { address: null, business_name: null, email: null, individual_name: null, name: null, phone: null };
  return { ...nothing, tax_ids: null, tax_exempt: "none", ...input };
}
