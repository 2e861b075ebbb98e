// Events as delivered, newest first; `pending_webhooks` counts the endpoints that have not accepted one yet.
import type { Account } from "../account";
import { invalid, missing } from "../http/errors";
import { flag, list, range, required, type TimeRange, text } from "../http/params";
import { found, PAGE, page, pageOf, type Route, route } from "../http/route";
import type { StoredEvent } from "../objects";
import { askAgain } from "../stripe-cli/listener-events";
import { pendingWebhooks, resend } from "../webhooks/queue";

function asOfNow(account: Account, event: StoredEvent): StoredEvent {
  return { ...event, pending_webhooks: pendingWebhooks(account.store, account.id, event.id) };
}

/** If events expire after a number of days, older ones cannot be found. */
function findKept(account: Account, id: string): StoredEvent {
  const since = keptSince(account);
  const event = found(account, "event", { id, noun: "event" });
  if (since !== null && event.created < since) throw missing("event", id);
  return event;
}

function keptSince({ eventDays, now }: Account): number | null {
  return eventDays === null ? null : now() - eventDays * 86_400;
}

function within(account: Account, created: TimeRange | undefined): TimeRange | undefined {
  const since = keptSince(account);
  return since === null ? created : { ...created, gte: Math.max(since, created?.gte ?? since) };
}

/** Matches one type, or a pattern such as `customer.*`. */
function named(type: string | null | undefined) {
  return type && /^[\w.]*\*[\w.*]*$/.test(type) ? { like: type } : type;
}

export const eventRoutes: Route[] = [
  route("GET /v1/events/:id", {}, (account, _, id) => asOfNow(account, findKept(account, id))),
  route(
    "GET /v1/events",
    { ...PAGE, created: range(), type: text(), types: list(required(text()), { max: 20 }), delivery_success: flag() },
    (account, params) => {
      if (params.type && params.types) throw invalid("You may only specify one of these parameters: type, types.");
      const where = { "$.type": params.types ? { anyOf: params.types } : named(params.type) };
      const { delivery_success: delivered } = params;
      const created = within(account, params.created);
      const paging = pageOf(account, params, "event");
      const events = page(account, { kind: "event", path: "/v1/events", where, created, delivered, ...paging });
      return { ...events, data: events.data.map((event) => asOfNow(account, event)) };
    },
  ),
  // Not in Stripe's reference: the command line calls it for `events resend`.
  route(
    "POST /v1/events/:id/retry",
    { webhook_endpoint: text(), for_stripecli: flag(), account: text() },
    (account, params, id) => {
      const event = findKept(account, id);
      const endpoint = params.webhook_endpoint ?? null;
      if (endpoint)
        found(account, "webhook_endpoint", { id: endpoint, noun: "webhook endpoint", param: "webhook_endpoint" });
      // Stripe sends the event to the listener alone; here endpoints get it too, because there may be no listener.
      if (params.for_stripecli) askAgain(account.store, account.id, event.id);
      resend(account.store, account.id, { event, endpoint });
      return asOfNow(account, event);
    },
  ),
];
