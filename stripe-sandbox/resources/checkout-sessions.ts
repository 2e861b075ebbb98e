// Checkout Sessions: what was asked for, checked; open → complete or expired. Paying is in stories/pay-checkout.ts.
import type Stripe from "stripe";
import type { Account } from "../account";
import { invalid, notBuilt } from "../http/errors";
import type { FormMap } from "../http/form";
import type { Read } from "../http/params";
import {
  email,
  flag,
  integer,
  list,
  object,
  oneOf,
  range,
  readParams,
  required,
  text,
  unbuilt,
  url,
} from "../http/params";
import {
  found,
  META,
  mergeMetadata,
  PAGE,
  page,
  pageOf,
  type Route,
  retrieveRoute,
  route,
  withoutEmpty,
} from "../http/route";
import { formatSum, LARGEST_AMOUNT, tooSmall } from "../money";
import { listOf, type SessionAside } from "../objects";
import { refuseMethodTypes } from "./payment-intents";
import { PRICE_DATA, priceFrom } from "./products";

const LINE_ITEM = object({
  price: text(),
  price_data: object(PRICE_DATA),
  quantity: integer({ min: 1, max: 999_999 }),
  metadata: META,
  adjustable_quantity: unbuilt(),
  tax_rates: unbuilt(),
});

const MESSAGE = object({ message: required(text({ max: 1200 })) });

const CREATE = {
  mode: required(oneOf("payment", "setup", "subscription")),
  line_items: list(LINE_ITEM),
  success_url: url(),
  cancel_url: url(),
  client_reference_id: text({ max: 200 }),
  customer: text(),
  customer_email: email(),
  customer_creation: oneOf("always", "if_required"),
  expires_at: integer(),
  locale: text({ max: 10 }),
  metadata: META,
  submit_type: oneOf("auto", "book", "donate", "pay", "subscribe"),
  ui_mode: oneOf("hosted_page", "embedded_page", "elements", "form"),
  payment_intent_data: object({
    capture_method: oneOf("automatic", "automatic_async"),
    description: text(),
    metadata: META,
    receipt_email: email(),
    setup_future_usage: oneOf("on_session", "off_session"),
    statement_descriptor_suffix: text({ max: 22 }),
    shipping: unbuilt(),
    statement_descriptor: unbuilt(),
    transfer_data: unbuilt(),
  }),
  subscription_data: object({
    billing_mode: object({ type: required(oneOf("classic", "flexible")) }),
    description: text({ max: 500 }),
    metadata: META,
    proration_behavior: oneOf("create_prorations", "none"),
    billing_cycle_anchor: unbuilt(),
    trial_end: unbuilt(),
    trial_period_days: unbuilt(),
    trial_settings: unbuilt(),
  }),
  adaptive_pricing: object({ enabled: flag() }),
  allow_promotion_codes: flag(),
  automatic_tax: object({ enabled: required(flag()) }),
  billing_address_collection: oneOf("auto", "required"),
  custom_text: object({
    after_submit: MESSAGE,
    shipping_address: MESSAGE,
    submit: MESSAGE,
    terms_of_service_acceptance: MESSAGE,
  }),
  payment_method_collection: oneOf("always", "if_required"),
  payment_method_types: list(required(text())),
  phone_number_collection: object({ enabled: required(flag()) }),
  excluded_payment_method_types: list(required(text())),
  after_expiration: unbuilt(),
  consent_collection: unbuilt(),
  custom_fields: unbuilt(),
  discounts: unbuilt(),
  invoice_creation: unbuilt(),
  payment_method_options: unbuilt(),
  return_url: unbuilt(),
  saved_payment_method_options: unbuilt(),
  shipping_address_collection: unbuilt(),
  shipping_options: unbuilt(),
  tax_id_collection: unbuilt(),
};
type Create = Read<typeof CREATE>;

function create(account: Account, params: Create): Stripe.Checkout.Session {
  refuseMethodTypes(account, params.payment_method_types);
  checkChoices(params);
  const customer = params.customer ? found(account, "customer", params.customer, "customer", "customer") : null;
  const expiresAt = expiryOf(account, params.expires_at);
  const lineItems = (params.line_items ?? []).map((line, index) => lineItemOf(account, line, index));
  const { total, currency } = totalOf(lineItems, params.mode);
  const id = account.newId(account.livemode ? "cs_live_" : "cs_test_");
  const session = sessionOf(account, params, { id, total, currency, expiresAt, customer });
  account.putWithAside<"checkout.session">(session, asideOf(params, lineItems));
  return session;
}

function checkChoices(params: Create): void {
  const { mode } = params;
  if (mode === "setup") throw notBuilt("checkout sessions in setup mode");
  if (params.ui_mode && params.ui_mode !== "hosted_page") throw notBuilt(`checkout ui_mode ${params.ui_mode}`);
  if (params.automatic_tax?.enabled) throw notBuilt("automatic tax");
  if (!params.success_url) throw missingParam("success_url");
  if (!params.line_items?.length) throw missingParam("line_items");
  if (params.customer && params.customer_email)
    throw invalid("You may only specify one of these parameters: customer, customer_email.", { param: "customer" });
  const misplaced = mode === "payment" ? "subscription_data" : "payment_intent_data";
  if (params[misplaced]) throw invalid(`You can not pass \`${misplaced}\` in \`${mode}\` mode.`, { param: misplaced });
  if (mode === "subscription" && params.customer_creation)
    throw invalid("`customer_creation` can only be used in `payment` and `setup` mode.", {
      param: "customer_creation",
    });
}

function missingParam(param: string) {
  return invalid(`Missing required param: ${param}.`, { code: "parameter_missing", param });
}

function expiryOf(account: Account, given: number | null | undefined): number {
  const now = account.now();
  const expiresAt = given ?? now + 24 * 3600;
  const param = "expires_at";
  // Stripe allows some seconds for the way: a caller's "now plus 30 minutes" arrives later than it was computed.
  if (expiresAt < now + 30 * 60 - 60)
    throw invalid("The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.", { param });
  if (expiresAt > now + 24 * 3600 + 60)
    throw invalid("The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.", { param });
  return expiresAt;
}

type LineParams = NonNullable<Create["line_items"]>[number];

function lineItemOf(account: Account, line: LineParams, index: number): Stripe.LineItem {
  const at = `line_items[${index}]`;
  const price = priceFrom(account, line, at);
  const quantity = line.quantity ?? 1;
  const amount = (price.unit_amount ?? 0) * quantity;
  const product = account.find("product", String(price.product));
  return {
    id: account.newId("li_"),
    object: "item",
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency: price.currency,
    description: product?.name ?? null,
    metadata: withoutEmpty(line.metadata),
    price,
    quantity,
  };
}

function totalOf(lines: Stripe.LineItem[], mode: "payment" | "subscription" | "setup") {
  const currency = lines[0]?.currency ?? "usd";
  const param = "line_items";
  if (lines.some((line) => line.currency !== currency))
    throw invalid("Checkout does not support multiple line items with different currencies.", { param });
  const recurring = lines.filter((line) => line.price?.recurring);
  if (mode === "payment" && recurring.length > 0)
    throw invalid(
      "You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.",
      { param },
    );
  if (mode === "subscription" && recurring.length === 0)
    throw invalid("You must provide at least one recurring price in `subscription` mode when using prices.", { param });
  if (mode === "subscription" && recurring.length < lines.length) throw notBuilt("one-time lines in subscription mode");
  const intervals = new Set(
    recurring.map(({ price }) => `${price?.recurring?.interval_count} ${price?.recurring?.interval}`),
  );
  if (intervals.size > 1) throw invalid("All recurring prices must have the same interval.", { param });
  const total = lines.reduce((sum, line) => sum + line.amount_total, 0);
  checkTotal(total, currency);
  return { total, currency };
}

function checkTotal(total: number, currency: string): void {
  const least = tooSmall({ amount: total, currency });
  if (least) {
    const message = `The Checkout Session's total amount due must add up to at least ${formatSum(least)} ${least.currency}`;
    throw invalid(message, { code: "amount_too_small" });
  }
  if (total > LARGEST_AMOUNT) {
    const most = formatSum({ amount: LARGEST_AMOUNT, currency });
    throw invalid(`The Checkout Session's total amount due must be no more than ${most} ${currency}`, {
      code: "amount_too_large",
    });
  }
}

function asideOf(params: Create, lineItems: Stripe.LineItem[]): SessionAside {
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

function sessionOf(account: Account, params: Create, settled: Settled): Stripe.Checkout.Session {
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

/** Makes a session outside of an API call, from the same parameters and with the same checks: history's way in. */
export function createSession(account: Account, form: FormMap): Stripe.Checkout.Session {
  return create(account, readParams(form, CREATE));
}

export function expireSession(account: Account, session: Stripe.Checkout.Session): Stripe.Checkout.Session {
  const expired: Stripe.Checkout.Session = { ...session, status: "expired", url: null };
  account.put(expired);
  account.emit("checkout.session.expired", expired);
  return expired;
}

function expireByApi(account: Account, id: string): Stripe.Checkout.Session {
  const session = found(account, "checkout.session", id, "checkout.session");
  if (session.status === "open") return expireSession(account, session);
  const message = `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${session.status}\`.`;
  throw invalid(message);
}

function lineItemsPage(account: Account, id: string, limit: number) {
  const lines = lineItemsOf(account, id);
  return listOf(lines.slice(0, limit), `/v1/checkout/sessions/${id}/line_items`, lines.length > limit);
}

export function lineItemsOf(account: Account, id: string): Stripe.LineItem[] {
  return account.aside<"checkout.session">(id).lineItems;
}

const LIST = {
  ...PAGE,
  created: range(),
  customer: text(),
  customer_details: object({ email: required(text()) }),
  payment_intent: text(),
  payment_link: unbuilt(),
  status: oneOf("open", "complete", "expired"),
  subscription: text(),
};

function listSessions(account: Account, params: Read<typeof LIST>) {
  const { customer, payment_intent, subscription } = params;
  const email = params.customer_details?.email;
  const where = {
    customer,
    payment_intent,
    subscription,
    "$.customer_details.email": email,
    "$.status": params.status,
  };
  const paging = pageOf(account, params, "checkout.session");
  return page(account, {
    kind: "checkout.session",
    path: "/v1/checkout/sessions",
    where,
    created: params.created,
    ...paging,
  });
}

export const checkoutSessionRoutes: Route[] = [
  route("POST /v1/checkout/sessions", CREATE, create),
  route("POST /v1/checkout/sessions/:id", { metadata: META, line_items: unbuilt() }, (account, params, id) => {
    const before = found(account, "checkout.session", id, "checkout.session");
    const after = { ...before, metadata: mergeMetadata(before.metadata ?? {}, params.metadata) };
    account.put(after);
    return after;
  }),
  route("POST /v1/checkout/sessions/:id/expire", {}, (account, _, id) => expireByApi(account, id)),
  route("GET /v1/checkout/sessions/:id/line_items", PAGE, (account, params, id) => {
    found(account, "checkout.session", id, "checkout.session");
    return lineItemsPage(account, id, params.limit ?? 10);
  }),
  retrieveRoute("checkout.session", "/v1/checkout/sessions", "checkout.session"),
  route("GET /v1/checkout/sessions", LIST, listSessions),
];
