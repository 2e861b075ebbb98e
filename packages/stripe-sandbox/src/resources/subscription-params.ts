import { invalidRequest, unsupportedError } from "../http/errors";
import type { FormValue } from "../http/form";
import { METADATA_PARAM } from "../http/metadata";
import {
  boolean,
  declareUnsupportedParams,
  integer,
  list,
  object,
  oneOf,
  type ParamReader,
  type ParsedParams,
  requiredParam,
  text,
  textOrObject,
  unsupportedParam,
} from "../http/params";
import { SUBSCRIPTION_ITEM_PRICE_DATA_PARAMS } from "./price-params";

export const CANCELLATION_DETAILS_PARAM = object({
  comment: text(),
  feedback_option: unsupportedParam(),
  feedback: oneOf(
    "customer_service",
    "low_quality",
    "missing_features",
    "other",
    "switched_service",
    "too_complex",
    "too_expensive",
    "unused",
  ),
});

export const ITEM_FIELDS = {
  price: text(),
  plan: text(),
  price_data: object(SUBSCRIPTION_ITEM_PRICE_DATA_PARAMS),
  quantity: integer({ min: 0 }),
  metadata: METADATA_PARAM,
  ...declareUnsupportedParams("billing_thresholds current_trial discounts tax_rates"),
};

const ITEM = object({ ...ITEM_FIELDS, id: text(), deleted: boolean(), clear_usage: unsupportedParam() });
export type SubscriptionItemParams = NonNullable<ParsedParams<{ item: typeof ITEM }>["item"]>;

export const TIME_OR_NOW: ParamReader<number | "now" | null | undefined> = {
  read: (value: FormValue | undefined, at) => (value === "now" ? "now" : integer({ min: 0 }).read(value, at)),
};

export const PAYMENT_AND_PRORATION_PARAMS = {
  payment_behavior: oneOf("allow_incomplete", "default_incomplete", "error_if_incomplete", "pending_if_incomplete"),
  proration_behavior: oneOf("always_invoice", "create_prorations", "none"),
  proration_date: integer({ min: 0 }),
  off_session: boolean(),
};

const COMMON = {
  ...PAYMENT_AND_PRORATION_PARAMS,
  cancel_at: integer({ min: 0 }),
  cancel_at_period_end: boolean(),
  collection_method: oneOf("charge_automatically", "send_invoice"),
  days_until_due: integer({ min: 0, max: 1000 }),
  default_payment_method: text(),
  description: text({ max: 500 }),
  items: list(ITEM, { max: 20 }),
  metadata: METADATA_PARAM,
  payment_settings: object({
    save_default_payment_method: oneOf("off", "on_subscription"),
    payment_method_types: list(requiredParam(text())),
    payment_method_options: unsupportedParam(),
  }),
  trial_end: TIME_OR_NOW,
  trial_settings: object({
    end_behavior: object({
      missing_payment_method: requiredParam(oneOf("cancel", "create_invoice", "pause")),
      billing_cycle_anchor: unsupportedParam(),
    }),
  }),
  ...declareUnsupportedParams(
    "add_invoice_items application_fee_percent billing_schedules billing_thresholds on_behalf_of",
  ),
  automatic_tax: object({ enabled: requiredParam(boolean()), liability: unsupportedParam() }),
  default_source: unsupportedParam(),
  default_tax_rates: unsupportedParam(),
  discounts: unsupportedParam(),
  invoice_settings: unsupportedParam(),
  pending_invoice_item_interval: unsupportedParam(),
  transfer_data: unsupportedParam(),
  trial_from_plan: boolean(),
};
export type CommonSubscriptionParams = ParsedParams<typeof COMMON>;

export const FLEXIBLE_BILLING_PARAM = object({ proration_discounts: oneOf("included", "itemized") });

export const SUBSCRIPTION_CREATE_PARAMS = {
  ...COMMON,
  customer: requiredParam(text()),
  currency: text({ max: 3 }),
  billing_cycle_anchor: integer({ min: 0 }),
  billing_cycle_anchor_config: unsupportedParam(),
  billing_mode: object({ type: requiredParam(oneOf("classic", "flexible")), flexible: FLEXIBLE_BILLING_PARAM }),
  backdate_start_date: unsupportedParam(),
  customer_account: unsupportedParam(),
  trial_period_days: integer({ min: 1, max: 730 }),
};

/** The parameter `billing_cycle_anchor`: since version 2026-09-30 an object with a type, in older versions a text. */
const ANCHOR = textOrObject(oneOf("now", "unchanged"), object({ type: requiredParam(oneOf("now", "unchanged")) }));

export const SUBSCRIPTION_UPDATE_PARAMS = {
  ...COMMON,
  billing_cycle_anchor: ANCHOR,
  cancellation_details: CANCELLATION_DETAILS_PARAM,
  pause_collection: object({
    behavior: requiredParam(oneOf("keep_as_draft", "mark_uncollectible", "void")),
    resumes_at: integer({ min: 0 }),
  }),
};
export type UpdateSubscriptionParams = ParsedParams<typeof SUBSCRIPTION_UPDATE_PARAMS>;

export function readBillingCycleAnchor(
  { apiVersion }: { apiVersion: string },
  input: UpdateSubscriptionParams["billing_cycle_anchor"],
): "now" | "unchanged" | null {
  if (!input) return null;
  if (typeof input === "object") return input.type;
  const message =
    "Invalid object: billing_cycle_anchor is an object, such as { type: 'now' }, since 2026-09-30.endive.";
  if (apiVersion >= "2026-09-30") throw invalidRequest(message, { param: "billing_cycle_anchor" });
  return input;
}

export function refuseUnsupportedSubscriptionParams({
  automatic_tax: tax,
  payment_behavior: behavior,
}: CommonSubscriptionParams): void {
  if (tax?.enabled) throw unsupportedError("automatic tax");
  if (behavior === "pending_if_incomplete") throw unsupportedError("payment_behavior=pending_if_incomplete");
}
