// The subscriptions' endpoints. Checkout makes subscriptions; the API reads, changes and ends them.
import { notBuilt, StripeError } from "../http/errors";
import { flag, integer, oneOf, required, text, unbuilt } from "../http/params";
import { found, listRoute, type Route, retrieveRoute, route } from "../http/route";
import { CANCELLATION_DETAILS, cancelNow, UPDATE, updateSubscription } from "./subscription-changes";

export const subscriptionRoutes: Route[] = [
  route("POST /v1/subscriptions/:id", UPDATE, updateSubscription),
  route(
    "DELETE /v1/subscriptions/:id",
    { cancellation_details: CANCELLATION_DETAILS, invoice_now: flag(), prorate: flag() },
    (account, params, id) => {
      const subscription = found(account, "subscription", id, "subscription");
      if (subscription.status === "canceled")
        throw new StripeError({
          status: 404,
          code: "resource_missing",
          param: "id",
          message: `No such subscription: '${id}'`,
        });
      if (params.invoice_now || params.prorate) throw notBuilt("cancelling with a final invoice");
      return cancelNow(account, subscription, params.cancellation_details ?? undefined);
    },
  ),
  retrieveRoute("subscription", "/v1/subscriptions", "subscription"),
  listRoute(
    "subscription",
    "/v1/subscriptions",
    {
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
      price: unbuilt(),
    },
    (params) => ({
      customer: params.customer,
      "$.status": listedStatus(params.status),
      "$.collection_method": params.collection_method,
    }),
  ),
  route(
    "GET /v1/subscription_items",
    { subscription: required(text()), limit: integer({ min: 1, max: 100 }) },
    (account, params) => {
      return found(account, "subscription", params.subscription, "subscription", "subscription").items;
    },
  ),
];

/** Without a status Stripe leaves the canceled ones out. */
function listedStatus(status: string | null | undefined): string | { not: string } | undefined {
  if (status === "all") return undefined;
  if (!status) return { not: "canceled" };
  return status === "ended" ? "canceled" : status;
}
