// Webhook endpoints. The secret is shown once, in the answer that makes the endpoint.
import { randomBytes } from "node:crypto";
import type Stripe from "stripe";
import type { Account } from "../account";
import { flag, list, required, text, unbuilt, url } from "../http/params";
import { found, listRoute, META, mergeMetadata, type Route, retrieveRoute, route, withoutEmpty } from "../http/route";

export interface NewEndpoint {
  url: string;
  events: string[];
  secret?: string;
  apiVersion?: string | null;
  description?: string | null;
  metadata?: Record<string, string>;
  fromSettings?: boolean;
}

export function createEndpoint(account: Account, given: NewEndpoint): Stripe.WebhookEndpoint & { secret: string } {
  const secret = given.secret ?? `whsec_${randomBytes(24).toString("hex")}`;
  const endpoint: Stripe.WebhookEndpoint = {
    id: account.newId("we_"),
    object: "webhook_endpoint",
    api_version: given.apiVersion ?? null,
    application: null,
    created: account.now(),
    description: given.description ?? null,
    enabled_events: given.events,
    livemode: account.livemode,
    metadata: given.metadata ?? {},
    status: "enabled",
    url: given.url,
  };
  account.putWithAside<"webhook_endpoint">(endpoint, { secret, fromSettings: given.fromSettings ?? false });
  return { ...endpoint, secret };
}

/** The endpoint named in the settings: one per account, changed in place when the settings change. */
export function registerEndpoint(account: Account, given: { url: string; secret: string }): void {
  const known = account
    .list("webhook_endpoint")
    .find((endpoint) => account.aside<"webhook_endpoint">(endpoint.id).fromSettings);
  if (!known) createEndpoint(account, { ...given, events: ["*"], fromSettings: true });
  else
    account.putWithAside<"webhook_endpoint">(
      { ...known, url: given.url },
      { secret: given.secret, fromSettings: true },
    );
}

const EVENTS = list(required(text({ max: 100 })), { max: 500 });

export const webhookEndpointRoutes: Route[] = [
  route(
    "POST /v1/webhook_endpoints",
    {
      url: required(url()),
      enabled_events: required(EVENTS),
      api_version: text(),
      description: text(),
      metadata: META,
      connect: unbuilt(),
    },
    (account, params) =>
      createEndpoint(account, {
        url: params.url,
        events: params.enabled_events,
        apiVersion: params.api_version,
        description: params.description,
        metadata: withoutEmpty(params.metadata),
      }),
  ),
  route(
    "POST /v1/webhook_endpoints/:id",
    { url: url(), enabled_events: EVENTS, description: text(), disabled: flag(), metadata: META },
    (account, params, id) => {
      const before = found(account, "webhook_endpoint", id, "webhook endpoint");
      const after: Stripe.WebhookEndpoint = {
        ...before,
        url: params.url ?? before.url,
        enabled_events: params.enabled_events ?? before.enabled_events,
        description: params.description === undefined ? before.description : params.description,
        metadata: mergeMetadata(before.metadata, params.metadata),
        status: typeof params.disabled === "boolean" ? (params.disabled ? "disabled" : "enabled") : before.status,
      };
      account.put(after);
      return after;
    },
  ),
  route("DELETE /v1/webhook_endpoints/:id", {}, (account, _, id) => {
    found(account, "webhook_endpoint", id, "webhook endpoint");
    account.store.drop(account.id, id);
    return { id, object: "webhook_endpoint", deleted: true };
  }),
  retrieveRoute("webhook_endpoint", "/v1/webhook_endpoints", "webhook endpoint"),
  listRoute("webhook_endpoint", "/v1/webhook_endpoints", {}, () => ({})),
];
