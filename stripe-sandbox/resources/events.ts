// Events as they were delivered, newest first; `pending_webhooks` counts the endpoints that have not taken one yet.
import type { Account } from "../account";
import { invalid } from "../http/errors";
import { flag, list, range, required, text } from "../http/params";
import { found, PAGE, page, pageOf, type Route, route } from "../http/route";
import type { StoredEvent } from "../objects";
import { pendingWebhooks } from "../webhooks/queue";

function asOfNow(account: Account, event: StoredEvent): StoredEvent {
  return { ...event, pending_webhooks: pendingWebhooks(account.store, account.id, event.id) };
}

export const eventRoutes: Route[] = [
  route("GET /v1/events/:id", {}, (account, _, id) => asOfNow(account, found(account, "event", id, "event"))),
  route(
    "GET /v1/events",
    { ...PAGE, created: range(), type: text(), types: list(required(text()), { max: 20 }), delivery_success: flag() },
    (account, params) => {
      if (params.type && params.types) throw invalid("You may only specify one of these parameters: type, types.");
      const where = { "$.type": params.types ? { anyOf: params.types } : params.type };
      const { created, delivery_success: delivered } = params;
      const paging = pageOf(account, params, "event");
      const events = page(account, { kind: "event", path: "/v1/events", where, created, delivered, ...paging });
      return { ...events, data: events.data.map((event) => asOfNow(account, event)) };
    },
  ),
];
