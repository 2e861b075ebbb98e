// One API call from headers to answer: who asks, which endpoint, which parameters, in one transaction.
import type { IncomingMessage } from "node:http";
import type { Account } from "../account";
import { accountIdOf, isSecretKey } from "../account";
import { API_VERSION } from "../objects";
import { isStripePath, ROUTES } from "../routes";
import type { Sandbox } from "../sandbox";
import { readBody } from "./body";
import { invalid, notBuilt, StripeError } from "./errors";
import { expandPaths } from "./expand";
import { type FormMap, parseForm } from "./form";
import type { KeyedRequest } from "./idempotency";
import { type Answer, checkKey, findAnswer, fingerprintOf, inFlightError, keepAnswer } from "./idempotency";
import type { Route } from "./route";

export interface ApiAnswer extends Answer {
  headers: Record<string, string>;
}

/** What a caller without a Stripe-Version speaks: the last version that still took payment_method_types. */
const DEFAULT_VERSION = "2026-03-25.dahlia";

export async function answerApi(sandbox: Sandbox, request: IncomingMessage): Promise<ApiAnswer> {
  const requestId = sandbox.newId("req_");
  const headers: Record<string, string> = { "request-id": requestId };
  try {
    const version = versionOf(request);
    headers["stripe-version"] = version;
    const key = authenticate(request);
    const accountId = accountIdOf(key);
    const idempotencyKey = keyOf(request);
    if (idempotencyKey) headers["idempotency-key"] = idempotencyKey;
    sandbox.store.rememberAccount(accountId, key);
    const cause = { requestId, idempotencyKey };
    const account = sandbox.account(accountId, { apiVersion: version, cause });
    const answer = await whileInFlight(sandbox, accountId, idempotencyKey, () =>
      answerCall(sandbox, account, request, idempotencyKey),
    );
    if (answer.replayed) headers["idempotent-replayed"] = "true";
    return { ...answer, headers };
  } catch (failure) {
    return { ...failureAnswer(failure, requestId), headers: { ...headers, ...retryAdvice(failure) } };
  } finally {
    sandbox.sender.poke();
  }
}

async function whileInFlight<T>(
  sandbox: Sandbox,
  account: string,
  key: string | null,
  work: () => Promise<T>,
): Promise<T> {
  if (key === null) return work();
  checkKey(key);
  const name = `${account} ${key}`;
  if (sandbox.inFlight.has(name)) throw inFlightError(key);
  sandbox.inFlight.add(name);
  try {
    return await work();
  } finally {
    sandbox.inFlight.delete(name);
  }
}

async function answerCall(sandbox: Sandbox, account: Account, request: IncomingMessage, key: string | null) {
  const { method = "GET" } = request;
  const url = new URL(request.url ?? "/", account.baseUrl);
  const body = await readBody(request);
  const { route, ids } = routeFor(method, url.pathname);
  const keyed = key ? { account: account.id, key, fingerprint: fingerprintOf(method, url.pathname, body) } : null;
  const former = keyed && findAnswer(sandbox.store, keyed);
  if (former) return { ...former, replayed: true };
  const call = route.read(formOf(request, url, body));
  return {
    ...runInTransaction(account, () => expandPaths(account, call.run(account, ids), call.expand), keyed),
    replayed: false,
  };
}

/** A declined card is an error that leaves its failed charge: it commits. Any other error rolls back. */
function runInTransaction(account: Account, run: () => object, keyed: KeyedRequest | null): Answer {
  return account.store.transaction(() => {
    const answer = declinedOr(() => ({ status: 200, body: jsonOf(run()) }));
    if (keyed) keepAnswer(account.store, keyed, answer, account.now());
    return answer;
  });

  function declinedOr(work: () => Answer): Answer {
    try {
      return work();
    } catch (failure) {
      if (!(failure instanceof StripeError) || !failure.details.keepsState) throw failure;
      return { status: failure.details.status, body: jsonOf(failure.body("")) };
    }
  }
}

function routeFor(method: string, path: string): { route: Route; ids: string[] } {
  for (const route of ROUTES) {
    const match = route.method === method ? route.pattern.exec(path) : null;
    if (match) return { route, ids: match.slice(1).map(decodeId) };
  }
  if (isStripePath(path)) throw notBuilt(`${method} ${path}`);
  const message = `Unrecognized request URL (${method}: ${path}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`;
  throw invalid(message, { status: 404 });
}

function decodeId(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function formOf(request: IncomingMessage, url: URL, body: string): FormMap {
  const query = url.search.slice(1);
  if (body === "") return parseForm(query);
  const type = request.headers["content-type"] ?? "application/x-www-form-urlencoded";
  if (!type.startsWith("application/x-www-form-urlencoded"))
    throw invalid(`Invalid request: this API takes application/x-www-form-urlencoded, not ${type.slice(0, 80)}.`);
  return parseForm(query ? `${query}&${body}` : body);
}

function authenticate(request: IncomingMessage): string {
  const [scheme = "", given = ""] = (request.headers.authorization ?? "").split(" ");
  const key = scheme.toLowerCase() === "basic" ? Buffer.from(given, "base64").toString().split(":")[0] : given;
  if (!key) {
    const message =
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').";
    throw new StripeError({ status: 401, message });
  }
  if (!isSecretKey(key)) {
    const message = `Invalid API Key provided: ${key.slice(0, 8)}${"*".repeat(8)}`;
    throw new StripeError({ status: 401, message });
  }
  return key;
}

function versionOf(request: IncomingMessage): string {
  const given = request.headers["stripe-version"];
  if (typeof given !== "string") return DEFAULT_VERSION;
  if (/^\d{4}-\d{2}-\d{2}(\.[a-z_]+)?$/.test(given)) return given;
  throw invalid(`Invalid Stripe API version: ${given.slice(0, 40)}. The version built here is ${API_VERSION}.`);
}

function keyOf(request: IncomingMessage): string | null {
  const key = request.headers["idempotency-key"];
  return request.method === "POST" && typeof key === "string" && key !== "" ? key : null;
}

export function failureAnswer(failure: unknown, requestId: string): Answer {
  if (failure instanceof StripeError) return { status: failure.details.status, body: jsonOf(failure.body(requestId)) };
  process.stderr.write(`500 ${failure instanceof Error ? failure.stack : String(failure)}\n`);
  const broken = new StripeError({ status: 500, type: "api_error", message: "stripe-sandbox failed: see its stderr." });
  return { status: 500, body: jsonOf(broken.body(requestId)) };
}

/** A call that is not built stays so: the package shall not try again. */
function retryAdvice(failure: unknown): Record<string, string> {
  const status = failure instanceof StripeError ? failure.details.status : 500;
  return status === 409 ? { "stripe-should-retry": "true" } : { "stripe-should-retry": "false" };
}

function jsonOf(value: object): string {
  return JSON.stringify(value, null, 2);
}
