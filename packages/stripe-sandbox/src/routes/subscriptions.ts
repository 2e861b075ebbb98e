import type Stripe from "stripe";
import type { Account } from "../account";
import { notFoundError } from "../http/errors";
import {
  boolean,
  object,
  oneOf,
  type ParsedParams,
  requiredParam,
  text,
  timeRange,
  unsupportedParam,
} from "../http/params";
import { listRoute, type Route, requireObject, retrieveRoute, route } from "../http/route";
import { testClockIdOf } from "../objects";
import { saveAndBillSubscriptionChange } from "../payment-flows/change-period";
import { pauseSubscription, resumeSubscription } from "../payment-flows/pause-subscription";
import { accountOnTestClock } from "../resources/account-at-test-clock";
import { prorate } from "../resources/prorations";
import { cancelNow } from "../resources/subscription-cancel";
import {
  CANCELLATION_DETAILS_PARAM,
  readBillingCycleAnchor,
  SUBSCRIPTION_CREATE_PARAMS,
  SUBSCRIPTION_UPDATE_PARAMS,
} from "../resources/subscription-params";
import { updateSubscription } from "./subscription-changes";
import { createSubscriptionByApi } from "./subscription-create";

const CANCEL = { cancellation_details: CANCELLATION_DETAILS_PARAM, invoice_now: boolean(), prorate: boolean() };

function cancel(caller: Account, params: ParsedParams<typeof CANCEL>, id: string): Stripe.Subscription {
  const subscription = requireObject(caller, "subscription", { id, noun: "subscription" });
  if (subscription.status === "canceled") throw notFoundError("subscription", id);
  const account = accountOnTestClock(caller, { test_clock: testClockIdOf(subscription) });
  const before = subscription.items.data;
  if (params.prorate) prorate(account, subscription, { before, after: [], at: account.now() });
  if (params.invoice_now)
    saveAndBillSubscriptionChange(account, { before: subscription, after: subscription, params: {}, items: [] });
  return cancelNow(account, account.get("subscription", id), params.cancellation_details ?? undefined);
}

const PAUSE = {
  type: oneOf("subscription"),
  bill_for: object({
    outstanding_usage_through: object({ type: requiredParam(oneOf("none", "now")) }),
    unused_time_from: object({ type: requiredParam(oneOf("item_current_period_start", "none", "now")) }),
  }),
  invoicing_behavior: oneOf("pending_invoice_item"),
};

const RESUME = {
  billing_cycle_anchor: SUBSCRIPTION_UPDATE_PARAMS.billing_cycle_anchor,
  payment_behavior: oneOf("resume_on_payment_attempt", "resume_on_payment_success"),
  proration_behavior: oneOf("always_invoice", "create_prorations", "none"),
  proration_date: unsupportedParam(),
};

function subscriptionOnItsClock(caller: Account, id: string) {
  const subscription = requireObject(caller, "subscription", { id, noun: "subscription" });
  return { subscription, account: accountOnTestClock(caller, { test_clock: testClockIdOf(subscription) }) };
}

export const subscriptionRoutes: Route[] = [
  route("POST /v1/subscriptions", SUBSCRIPTION_CREATE_PARAMS, createSubscriptionByApi),
  route("POST /v1/subscriptions/:id", SUBSCRIPTION_UPDATE_PARAMS, updateSubscription),
  route("DELETE /v1/subscriptions/:id", CANCEL, cancel),
  route("POST /v1/subscriptions/:id/pause", PAUSE, (input, params, id) => {
    const { account, subscription } = subscriptionOnItsClock(input, id);
    return pauseSubscription(account, subscription, params.bill_for?.unused_time_from?.type ?? "now");
  }),
  route("POST /v1/subscriptions/:id/resume", RESUME, (input, params, id) => {
    const { account, subscription } = subscriptionOnItsClock(input, id);
    const anchor = readBillingCycleAnchor(account, params.billing_cycle_anchor) ?? "now";
    const onSuccess = params.payment_behavior === "resume_on_payment_success";
    return resumeSubscription(account, subscription, { anchor, resumesOnPaymentSuccess: onSuccess });
  }),
  retrieveRoute("subscription", "/v1/subscriptions", "subscription"),
  listRoute("subscription", "/v1/subscriptions", {
    shape: {
      customer: text(),
      status: oneOf(
        "active",
        "all",
        "canceled",
        "ended",
        "incomplete",
        "incomplete_expired",
        "past_due",
        "paused",
        "trialing",
        "unpaid",
      ),
      collection_method: oneOf("charge_automatically", "send_invoice"),
      price: text(),
      test_clock: text(),
      plan: text(),
      automatic_tax: object({ enabled: requiredParam(boolean()) }),
      current_period_end: timeRange(),
      current_period_start: timeRange(),
      customer_account: unsupportedParam(),
    },
    where: (params) => ({
      customer: params.customer,
      "$.status": listedStatus(params.status),
      "$.collection_method": params.collection_method,
      "$.items.data[0].price.id": params.price,
      "$.items.data[0].plan.id": params.plan,
      "$.items.data[0].current_period_end": params.current_period_end,
      "$.items.data[0].current_period_start": params.current_period_start,
      "$.automatic_tax.enabled": params.automatic_tax?.enabled,
      "$.test_clock": params.test_clock,
    }),
  }),
];

/**
 * Returns the database condition for the `status` parameter of a subscription list. As at Stripe, a list without this
 * parameter leaves out canceled subscriptions.
 */
function listedStatus(status: string | null | undefined): string | { not: string } | undefined {
  if (status === "all") return undefined;
  if (!status) return { not: "canceled" };
  return status === "ended" ? "canceled" : status;
}
