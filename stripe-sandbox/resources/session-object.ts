// A Checkout Session as an object, from checked parameters, with what it keeps to itself beside it.
import type Stripe from "stripe";
import type { Account } from "../account";
import { withoutEmpty } from "../http/route";
import type { SessionAside } from "../objects";
import type { Create } from "./session-params";

export function asideOf(params: Create, lineItems: Stripe.LineItem[]): SessionAside {
  const { payment_intent_data: payment, subscription_data: subscription } = params;
  return {
    lineItems,
    paymentMetadata: withoutEmpty(payment?.metadata),
    paymentDescription: payment?.description ?? null,
    receiptEmail: payment?.receipt_email ?? null,
    descriptorSuffix: payment?.statement_descriptor_suffix ?? null,
    setupFutureUsage: payment?.setup_future_usage ?? null,
    subscriptionMetadata: withoutEmpty(subscription?.metadata),
    subscriptionDescription: subscription?.description ?? null,
    intent: null,
    customer: params.customer ?? null,
    awaiting: null,
  };
}

interface Settled {
  id: string;
  total: number;
  currency: string;
  expiresAt: number;
  customer: Stripe.Customer | null;
}

export function sessionOf(account: Account, params: Create, settled: Settled): Stripe.Checkout.Session {
  const { id, total, currency, customer } = settled;
  const inPayment = params.mode === "payment";
  const knownEmail = customer?.email ?? params.customer_email ?? null;
  return {
    id,
    object: "checkout.session",
    adaptive_pricing: { enabled: params.adaptive_pricing?.enabled ?? false },
    after_expiration: null,
    allow_promotion_codes: params.allow_promotion_codes ?? null,
    allowed_payment_method_types: null,
    amount_subtotal: total,
    amount_total: total,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: params.billing_address_collection ?? null,
    cancel_url: params.cancel_url ?? null,
    client_reference_id: params.client_reference_id ?? null,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created: account.now(),
    currency,
    currency_conversion: null,
    custom_fields: [],
    custom_text: {
      after_submit: params.custom_text?.after_submit ?? null,
      shipping_address: params.custom_text?.shipping_address ?? null,
      submit: params.custom_text?.submit ?? null,
      terms_of_service_acceptance: params.custom_text?.terms_of_service_acceptance ?? null,
    },
    customer: customer?.id ?? null,
    customer_account: null,
    customer_creation: inPayment ? (params.customer_creation ?? "if_required") : null,
    customer_details: knownEmail ? customerDetails(knownEmail, customer?.name ?? null) : null,
    customer_email: params.customer_email ?? null,
    discounts: [],
    excluded_payment_method_types: params.excluded_payment_method_types,
    expires_at: settled.expiresAt,
    integration_identifier: null,
    invoice: null,
    invoice_creation: inPayment ? NO_INVOICE : null,
    livemode: account.livemode,
    locale: params.locale ?? null,
    managed_payments: null,
    metadata: withoutEmpty(params.metadata),
    mode: params.mode,
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: inPayment ? "if_required" : (params.payment_method_collection ?? "always"),
    payment_method_configuration_details: null,
    payment_method_options: { card: { request_three_d_secure: "automatic" } },
    payment_method_types: ["card"],
    payment_status: "unpaid",
    permissions: null,
    phone_number_collection: { enabled: params.phone_number_collection?.enabled ?? false },
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: "open",
    submit_type: params.submit_type ?? null,
    subscription: null,
    success_url: params.success_url ?? null,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: "hosted_page",
    url: `${account.baseUrl}/c/pay/${id}`,
    wallet_options: null,
  };
}

const NO_INVOICE: Stripe.Checkout.Session.InvoiceCreation = {
  enabled: false,
  invoice_data: {
    account_tax_ids: null,
    custom_fields: null,
    description: null,
    footer: null,
    issuer: null,
    metadata: {},
    rendering_options: null,
  },
};

export function customerDetails(address: string, name: string | null): Stripe.Checkout.Session.CustomerDetails {
  const empty = { address: null, business_name: null, individual_name: null, phone: null, tax_ids: null };
  return { ...empty, email: address, name, tax_exempt: "none" };
}
