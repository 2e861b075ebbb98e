// Reads API keys and checks their rights. A test key and a live key that differ only in the prefix (sk_test_, sk_live_)
// belong to the two modes of one account.
import type { IncomingMessage } from "node:http";
import { type Account, accountIdOf, isApiKey, isPublishableKey, otherModeKeyOf } from "../account";
import type { Store } from "../store";
import { invalidRequest, SimulatedStripeError } from "./errors";
import type { FormMap } from "./form";
import type { Route } from "./route";

export function apiKeyOf(request: IncomingMessage): string {
  const [, scheme = "", credentials = ""] = /^(\S+) +(.*)$/.exec(request.headers.authorization ?? "") ?? [];
  const key =
    scheme.toLowerCase() === "basic" ? Buffer.from(credentials, "base64").toString().split(":")[0] : credentials;
  if (!key)
    throw unauthorized(
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See https://stripe.com/docs/api#authentication for details, or we can help at https://support.stripe.com/.",
    );
  if (!isApiKey(key)) throw unauthorized(`Invalid API Key provided: ${masked(key)}`);
  return key;
}

export function findCallerAccountId(request: IncomingMessage): string | null {
  try {
    return accountIdOf(apiKeyOf(request));
  } catch (failure) {
    if (failure instanceof SimulatedStripeError) return null;
    throw failure;
  }
}

function unauthorized(message: string, code?: string): SimulatedStripeError {
  return new SimulatedStripeError({
    status: 401,
    message,
    code,
    headers: { "www-authenticate": 'Basic realm="Stripe"' },
  });
}

function masked(key: string): string {
  if (key.length > 200) return masked(key.slice(0, 200));
  return key.length < 13 ? "*".repeat(key.length) : `${key.slice(0, 8)}${"*".repeat(key.length - 12)}${key.slice(-4)}`;
}

/** Endpoints that accept a publishable key. Those with an id also need the object's client_secret. */
const PUBLIC_ENDPOINTS = new Set([
  "POST /v1/tokens",
  "POST /v1/sources",
  "POST /v1/payment_methods",
  "POST /v1/confirmation_tokens",
  "GET /v1/sources/:id",
  "GET /v1/payment_intents/:id",
  "POST /v1/payment_intents/:id/confirm",
  "GET /v1/setup_intents/:id",
  "POST /v1/setup_intents/:id/confirm",
]);

/** Calls in which a caller with the secret key can also send the object's client secret. */
const OPENED_BY_SECRET = /^\/v1\/(payment|setup)_intents\/:id\/(confirm|verify_microdeposits)$/;

/**
 * Checks if the API key allows the call, and returns the call's parameters. If a client secret was checked, the result
 * does not contain it. Throws if a publishable key is used for a call that needs a secret key. Also throws if a
 * necessary client secret is missing, or if it is wrong.
 */
export function paramsAfterApiKeyCheck(
  account: Account,
  key: string,
  call: { route: Route; id: string; form: FormMap },
) {
  const { route, id, form } = call;
  const isPublishable = isPublishableKey(key);
  if (!isPublishable && !OPENED_BY_SECRET.test(route.path)) return form;
  if (!isPublishable && form.client_secret === undefined) return form;
  if (!PUBLIC_ENDPOINTS.has(`${route.method} ${route.path}`))
    throw unauthorized(
      "This API call cannot be made with a publishable API key. Please use a secret API key. You can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.",
      "secret_key_required",
    );
  if (id === "") return form;
  const { client_secret: secret, ...rest } = form;
  const param = "client_secret";
  if (secret === undefined)
    throw invalidRequest(`Missing required param: ${param}.`, { code: "parameter_missing", param });
  const object = account.store.findAny(account.id, id);
  if (object && (!(param in object) || object[param] !== secret))
    throw invalidRequest(`The client_secret provided does not match any associated object.`, { param });
  return Object.assign(Object.create(null), rest);
}

/**
 * Adds Stripe's hint to a "No such …" error if the object exists in the account's other mode. Returns other failures
 * unchanged.
 */
export function withOtherModeHint(store: Store, key: string, failure: unknown): unknown {
  const id = failure instanceof SimulatedStripeError ? failure.details.missingId : undefined;
  if (!(failure instanceof SimulatedStripeError) || !id || !store.findAny(accountIdOf(otherModeKeyOf(key)), id))
    return failure;
  const [mine, other] = key.includes("_live_") ? ["live", "test"] : ["test", "live"];
  const hint = `a similar object exists in ${other} mode, but a ${mine} mode key was used to make this request.`;
  return new SimulatedStripeError({ ...failure.details, message: `${failure.details.message}; ${hint}` });
}
