import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest, unsupportedError } from "../http/errors";
import { checkCustomFields } from "./session-collection-params";
import { type CheckoutSessionParams, uiModeOf } from "./session-params";
import { requireValidBillingCycleAnchor } from "./subscription-periods";

const HOUR = 3600;

export function refuseUnsupportedSessionParams(
  params: Pick<CheckoutSessionParams, "automatic_tax" | "invoice_creation">,
): void {
  if (params.automatic_tax?.enabled) throw unsupportedError("automatic tax");
  if (params.invoice_creation?.enabled) throw unsupportedError("invoice_creation in Checkout");
}

export function checkSessionParams(account: Account, params: CheckoutSessionParams): void {
  refuseUnsupportedSessionParams(params);
  if (params.saved_payment_method_options?.payment_method_remove === "enabled")
    throw unsupportedError("payment_method_remove in Checkout");
  if (params.allow_promotion_codes && params.mode === "setup")
    throw invalidRequest("You can not pass `allow_promotion_codes` in `setup` mode.", {
      param: "allow_promotion_codes",
    });
  checkUrls(params);
  checkLinesGiven(params);
  checkCustomer(params);
  checkMode(params);
  checkSubscriptionData(account, params);
  checkCustomFields(params.custom_fields ?? []);
}

function missingParam(param: string) {
  return invalidRequest(`Missing required param: ${param}.`, { code: "parameter_missing", param });
}

function checkUrls(params: CheckoutSessionParams): void {
  const uiMode = uiModeOf(params);
  const isEmbedded = uiMode === "embedded_page" || uiMode === "elements";
  refuseWith(params, REFUSED_BY_UI[uiMode], `\`ui_mode: ${uiMode}\``);
  if (!isEmbedded && !params.success_url) throw missingParam("success_url");
  if (uiMode !== "embedded_page") return;
  if (params.redirect_on_completion !== "never" && !params.return_url) throw missingParam("return_url");
  if (params.redirect_on_completion === "never") refuseWith(params, ["return_url"], "`redirect_on_completion: never`");
}

const HOSTED_REFUSES: (keyof CheckoutSessionParams)[] = ["return_url", "redirect_on_completion"];
const EMBEDDED_REFUSES: (keyof CheckoutSessionParams)[] = ["success_url", "cancel_url"];
const ELEMENTS_REFUSE: (keyof CheckoutSessionParams)[] = [
  ...EMBEDDED_REFUSES,
  "after_expiration",
  "custom_fields",
  "custom_text",
  "origin_context",
  "redirect_on_completion",
  "submit_type",
];
const REFUSED_BY_UI = {
  hosted_page: HOSTED_REFUSES,
  form: HOSTED_REFUSES,
  embedded_page: EMBEDDED_REFUSES,
  elements: ELEMENTS_REFUSE,
};

function refuseWith(params: CheckoutSessionParams, names: (keyof CheckoutSessionParams)[], what: string): void {
  const input = names.find((name) => params[name] !== undefined && params[name] !== null);
  if (input) throw invalidRequest(`You can not pass \`${input}\` with ${what}.`, { param: input });
}

function checkLinesGiven(params: CheckoutSessionParams): void {
  if (params.mode !== "setup") {
    if (!params.line_items?.length) throw missingParam("line_items");
    return;
  }
  if (params.line_items?.length)
    throw invalidRequest("You can not pass `line_items` in `setup` mode.", { param: "line_items" });
  const knowsMethods = params.allowed_payment_method_types ?? params.payment_method_types;
  if (!params.currency && !knowsMethods) throw missingParam("currency");
}

function checkCustomer(params: CheckoutSessionParams): void {
  for (const other of ["customer_email", "customer_creation"] as const)
    if (params.customer && params[other])
      throw invalidRequest(`You may only specify one of these parameters: customer, ${other}.`, { param: "customer" });
  if (params.customer_update && !params.customer)
    throw invalidRequest("`customer_update` can only be used with `customer`.", { param: "customer_update" });
}

const ONLY_IN: [keyof CheckoutSessionParams, CheckoutSessionParams["mode"][]][] = [
  ["payment_intent_data", ["payment"]],
  ["invoice_creation", ["payment"]],
  ["subscription_data", ["subscription"]],
  ["setup_intent_data", ["setup"]],
  ["payment_method_collection", ["subscription"]],
  ["customer_creation", ["payment", "setup"]],
  ["submit_type", ["payment", "subscription"]],
  ["saved_payment_method_options", ["payment", "subscription"]],
];

function checkMode(params: CheckoutSessionParams): void {
  const { mode } = params;
  for (const [param, modes] of ONLY_IN) {
    if (params[param] === undefined || params[param] === null || modes.includes(mode)) continue;
    throw invalidRequest(`You can not pass \`${param}\` in \`${mode}\` mode.`, { param });
  }
}

function checkSubscriptionData(account: Account, { subscription_data: input }: CheckoutSessionParams): void {
  if (!input) return;
  const now = account.now();
  const at = (name: string) => `subscription_data[${name}]`;
  if (input.trial_end && input.trial_period_days)
    throw invalidRequest("You may only specify one of these parameters: trial_end, trial_period_days.", {
      param: at("trial_end"),
    });
  if (input.trial_end && input.trial_end < now + 48 * HOUR)
    throw invalidRequest("The `trial_end` date has to be at least 2 days in the future.", { param: at("trial_end") });
  if (input.billing_cycle_anchor && (input.trial_end || input.trial_period_days))
    throw unsupportedError("a trial together with billing_cycle_anchor in Checkout");
  if (input.billing_cycle_anchor && input.proration_behavior !== "none")
    throw unsupportedError("billing_cycle_anchor in Checkout with proration: send proration_behavior=none");
}

export function checkSessionBillingAnchor(
  account: Account,
  { subscription_data: input }: CheckoutSessionParams,
  lines: Stripe.LineItem[],
): void {
  if (!input?.billing_cycle_anchor) return;
  const prices = lines.flatMap(({ price }) => (price?.recurring ? [price] : []));
  requireValidBillingCycleAnchor(account, input.billing_cycle_anchor, {
    prices,
    param: "subscription_data[billing_cycle_anchor]",
  });
}

export function requireValidSessionExpiry(account: Account, input: number | null | undefined): number {
  const now = account.now();
  const expiresAt = input ?? now + 24 * HOUR;
  const param = "expires_at";
  // Both limits have a tolerance of a minute. For example, a caller's "now plus 30 minutes" is slightly less than 30
  // minutes away at the time of this check.
  if (expiresAt < now + 30 * 60 - 60)
    throw invalidRequest("The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.", {
      param,
    });
  if (expiresAt > now + 24 * HOUR + 60)
    throw invalidRequest("The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.", {
      param,
    });
  return expiresAt;
}
