// Handles the calls for events. `pending_webhooks` counts the endpoints that have not accepted the event yet.
import type { Account } from "../account";
import { invalidRequest, notFoundError } from "../http/errors";
import { boolean, list, requiredParam, type TimeRangeFilter, text, timeRange } from "../http/params";
import { listPage, PAGINATION_PARAMS, parsePagingParams, type Route, requireObject, route } from "../http/route";
import type { StoredEvent } from "../objects";
import { requestResendToStripeCli } from "../stripe-cli/listener-events";
import { countPendingWebhooks, requeueEvent } from "../webhooks/queue";

function withPendingWebhooks(account: Account, event: StoredEvent): StoredEvent {
  return { ...event, pending_webhooks: countPendingWebhooks(account.store, account.id, event.id) };
}

function requireUnexpired(account: Account, id: string): StoredEvent {
  const since = oldestAvailable(account);
  const event = requireObject(account, "event", { id, noun: "event" });
  if (since !== null && event.created < since) throw notFoundError("event", id);
  return event;
}

function oldestAvailable({ eventRetentionDays, now }: Account): number | null {
  return eventRetentionDays === null ? null : now() - eventRetentionDays * 86_400;
}

function withinAvailable(account: Account, created: TimeRangeFilter | undefined): TimeRangeFilter | undefined {
  const since = oldestAvailable(account);
  return since === null ? created : { ...created, gte: Math.max(since, created?.gte ?? since) };
}

function typeCondition(type: string | null | undefined) {
  return type && /^[\w.]*\*[\w.*]*$/.test(type) ? { like: type } : type;
}

export const eventRoutes: Route[] = [
  route("GET /v1/events/:id", {}, (account, _, id) => withPendingWebhooks(account, requireUnexpired(account, id))),
  route(
    "GET /v1/events",
    {
      ...PAGINATION_PARAMS,
      created: timeRange(),
      type: text(),
      types: list(requiredParam(text()), { max: 20 }),
      delivery_success: boolean(),
    },
    (account, params) => {
      if (params.type && params.types)
        throw invalidRequest("You may only specify one of these parameters: type, types.");
      const where = { "$.type": params.types ? { anyOf: params.types } : typeCondition(params.type) };
      const { delivery_success: delivered } = params;
      const created = withinAvailable(account, params.created);
      const paging = parsePagingParams(account, params, "event");
      const events = listPage(account, { kind: "event", path: "/v1/events", where, created, delivered, ...paging });
      return { ...events, data: events.data.map((event) => withPendingWebhooks(account, event)) };
    },
  ),
  // This endpoint is not in Stripe's reference. Stripe's command line calls it for `events resend`.
  route(
    "POST /v1/events/:id/retry",
    { webhook_endpoint: text(), for_stripecli: boolean(), account: text() },
    (account, params, id) => {
      const event = requireUnexpired(account, id);
      const endpoint = params.webhook_endpoint ?? null;
      if (endpoint)
        requireObject(account, "webhook_endpoint", {
          id: endpoint,
          noun: "webhook endpoint",
          param: "webhook_endpoint",
        });
      // With `for_stripecli`, Stripe sends the event only to its command line tool (`stripe listen`). The stand-in also
      // sends the event to the webhook endpoints, because that tool may not be connected.
      if (params.for_stripecli) requestResendToStripeCli(account.store, account.id, event.id);
      requeueEvent(account.store, account.id, { event, endpoint });
      return withPendingWebhooks(account, event);
    },
  ),
];
