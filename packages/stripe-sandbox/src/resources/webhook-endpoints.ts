// Handles the calls for webhook endpoints. The API returns an endpoint's signing secret only when it creates the
// endpoint.
import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest, unsupportedError } from "../http/errors";
import { METADATA_PARAM, mergeMetadata, withoutEmptyValues } from "../http/metadata";
import { boolean, list, oneOf, requiredParam, text, url } from "../http/params";
import { listRoute, type Route, requireObject, retrieveRoute, route } from "../http/route";
import { API_VERSION } from "../objects";
import { EVENT_TYPES } from "../webhooks/event-names";

export type NewEndpoint = {
  url: string;
  events: string[];
  secret?: string;
  apiVersion?: string | null;
  description?: string | null;
  metadata?: Record<string, string>;
  fromSettings?: boolean;
};

export function createEndpoint(account: Account, input: NewEndpoint): Stripe.WebhookEndpoint & { secret: string } {
  const secret = input.secret ?? account.newId("whsec_");
  const endpoint: Stripe.WebhookEndpoint = {
    id: account.newId("we_"),
    object: "webhook_endpoint",
    api_version: input.apiVersion ?? null,
    application: null,
    created: account.now(),
    description: input.description ?? null,
    enabled_events: input.events,
    livemode: account.livemode,
    metadata: input.metadata ?? {},
    status: "enabled",
    url: input.url,
  };
  account.putWithInternalState<"webhook_endpoint">(endpoint, { secret, fromSettings: input.fromSettings ?? false });
  return { ...endpoint, secret };
}

export function upsertWebhookEndpointFromSettings(account: Account, input: { url: string; secret: string }): void {
  const existing = account
    .list("webhook_endpoint")
    .find((endpoint) => account.internalState<"webhook_endpoint">(endpoint.id).fromSettings);
  if (!existing) createEndpoint(account, { ...input, events: ["*"], fromSettings: true });
  else
    account.putWithInternalState<"webhook_endpoint">(
      { ...existing, url: input.url },
      { secret: input.secret, fromSettings: true },
    );
}

const MAX_ROLL_S = 24 * 3600;

/**
 * Replaces the endpoint's secret. The old secret also signs events for `overlapSeconds` more seconds (at most a day).
 */
export function rollSecret(
  account: Account,
  endpoint: Stripe.WebhookEndpoint,
  roll: { nowSeconds: number; overlapSeconds: number },
) {
  const { secret: old, ...stored } = account.internalState<"webhook_endpoint">(endpoint.id);
  const secret = account.newId("whsec_");
  const previousSecret = { secret: old, until: roll.nowSeconds + Math.min(roll.overlapSeconds, MAX_ROLL_S) };
  account.putWithInternalState<"webhook_endpoint">(endpoint, { ...stored, secret, previousSecret });
  return { ...endpoint, secret };
}

const MAX_ENDPOINTS = 16;
const EVENTS = list(requiredParam(oneOf("*", ...EVENT_TYPES)), { max: 500 });

function checkRoom(account: Account): void {
  if (account.list("webhook_endpoint").length < MAX_ENDPOINTS) return;
  const mode = account.livemode ? "" : "test ";
  throw invalidRequest(`You have reached the maximum of ${MAX_ENDPOINTS} ${mode}webhook endpoints.`);
}

function checkEvents(events: string[] | undefined): void {
  if (events?.length === 0) throw invalidRequest("You must enable at least one event.", { param: "enabled_events" });
}

function checkUrl(account: Account, endpointUrl: string | null | undefined): void {
  if (!endpointUrl || !account.livemode || endpointUrl.toLowerCase().startsWith("https://")) return;
  throw invalidRequest("Invalid URL: In live mode, webhook endpoint URLs must use HTTPS.", {
    code: "url_invalid",
    param: "url",
  });
}

function checkVersion(version: string | null | undefined): void {
  if (!version || version === API_VERSION) return;
  if (!/^20\d{2}-\d{2}-\d{2}(\.[a-z]+)?$/.test(version))
    throw invalidRequest(`Invalid API version: ${version.slice(0, 40)}`, { param: "api_version" });
  throw unsupportedError(`webhooks in version ${version}: events have the shape of ${API_VERSION}`);
}

export const webhookEndpointRoutes: Route[] = [
  route(
    "POST /v1/webhook_endpoints",
    {
      url: requiredParam(url()),
      enabled_events: requiredParam(EVENTS),
      api_version: text(),
      description: text(),
      metadata: METADATA_PARAM,
      connect: boolean(),
    },
    (account, params) => {
      checkUrl(account, params.url);
      checkEvents(params.enabled_events);
      checkVersion(params.api_version);
      if (params.connect) throw unsupportedError("webhook endpoints for connected accounts");
      checkRoom(account);
      return createEndpoint(account, {
        url: params.url,
        events: params.enabled_events,
        apiVersion: params.api_version,
        description: params.description,
        metadata: withoutEmptyValues(params.metadata),
      });
    },
  ),
  route(
    "POST /v1/webhook_endpoints/:id",
    { url: url(), enabled_events: EVENTS, description: text(), disabled: boolean(), metadata: METADATA_PARAM },
    (account, params, id) => {
      const before = requireObject(account, "webhook_endpoint", { id, noun: "webhook endpoint" });
      checkUrl(account, params.url);
      checkEvents(params.enabled_events);
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
    requireObject(account, "webhook_endpoint", { id, noun: "webhook endpoint" });
    account.store.drop(account.id, id);
    return { id, object: "webhook_endpoint", deleted: true };
  }),
  retrieveRoute("webhook_endpoint", "/v1/webhook_endpoints", "webhook endpoint"),
  listRoute("webhook_endpoint", "/v1/webhook_endpoints", { shape: {}, where: () => ({}) }),
];
