import type { IncomingMessage } from "node:http";
import type { Account } from "../account";
import { accountIdOf } from "../account";
import { isStripePath, ROUTES } from "../routes/all-routes";
import type { Sandbox } from "../sandbox";
import { readBody, readBytes } from "./body";
import { invalidRequest, SimulatedStripeError, unsupportedError } from "./errors";
import { expandPaths } from "./expand";
import { type FormMap, parseForm } from "./form";
import type { IdempotentRequest } from "./idempotency";
import {
  checkIdempotencyKeyLength,
  findStoredAnswer,
  fingerprintOf,
  inFlightError,
  type StatusAndBody,
  storeAnswer,
} from "./idempotency";
import { apiKeyOf, findCallerAccountId, paramsAfterApiKeyCheck, withOtherModeHint } from "./keys";
import { isMultipart, parseMultipart } from "./multipart";
import type { Route } from "./route";
import { apiVersionOf } from "./versions";

export type ApiAnswer = StatusAndBody & {
  headers: Record<string, string>;
};

type Caller = {
  account: Account;
  key: string;
  requestId: string;
  idempotencyKey: string | null;
  /**
   * Functions that run after the answer is built, in the same transaction. So the answer does not show what they
   * change.
   */
  afterwards: (() => void)[];
};

export async function answerApi(sandbox: Sandbox, request: IncomingMessage): Promise<ApiAnswer> {
  const isRead = request.method === "GET";
  const requestId = sandbox.newRequestId({ caller: findCallerAccountId(request) ?? "", isRead });
  const headers: Record<string, string> = { "request-id": requestId };
  let key = "";
  try {
    const apiVersion = apiVersionOf(request.headers["stripe-version"]);
    headers["stripe-version"] = apiVersion;
    key = apiKeyOf(request);
    const accountId = accountIdOf(key);
    const idempotencyKey = idempotencyKeyOf(request);
    if (idempotencyKey) headers["idempotency-key"] = idempotencyKey;
    sandbox.store.rememberAccount(accountId, key);
    if (!isRead) await sandbox.tickIfSeeded(accountId);
    const afterwards: (() => void)[] = [];
    const runLater = (work: () => void) => void afterwards.push(work);
    const sentVersionHeader = request.headers["stripe-version"] !== undefined;
    const cause = { requestId, idempotencyKey };
    const account = sandbox.account(accountId, { apiVersion, sentVersionHeader, cause, runLater });
    const caller = { account, key, requestId, idempotencyKey, afterwards };
    const answer = await whileInFlight(sandbox, caller, () => answerCall(caller, request));
    return { ...answer, headers: { ...headers, ...answer.headers } };
  } catch (failure) {
    const answer = failureAnswer(withOtherModeHint(sandbox.store, key, failure), requestId);
    return { ...answer, headers: { ...headers, ...answer.headers } };
  } finally {
    sandbox.sender.wake();
  }
}

async function whileInFlight<T>(sandbox: Sandbox, caller: Caller, work: () => Promise<T>): Promise<T> {
  const { account, idempotencyKey: key } = caller;
  if (key === null) return work();
  checkIdempotencyKeyLength(key);
  const name = `${account.id} ${key}`;
  if (sandbox.inFlight.has(name)) throw inFlightError(key);
  sandbox.inFlight.add(name);
  try {
    return await work();
  } finally {
    sandbox.inFlight.delete(name);
  }
}

async function answerCall(caller: Caller, request: IncomingMessage): Promise<ApiAnswer> {
  const { account, idempotencyKey, requestId } = caller;
  const { method = "GET" } = request;
  const url = new URL(request.url ?? "/", account.baseUrl);
  const form = await readForm(request, url);
  const { route, ids } = routeFor(method, url.pathname);
  const fingerprint = fingerprintOf(url.pathname, form);
  const keyed = idempotencyKey ? { account: account.id, key: idempotencyKey, fingerprint, requestId } : null;
  const former = keyed && findStoredAnswer(account.store, keyed, account.now());
  if (former)
    return { ...former, headers: { "idempotent-replayed": "true", "original-request": former.requestId ?? "" } };
  const call = route.read(
    paramsAfterApiKeyCheck(account, caller.key, { route, id: ids[0] ?? "", form }),
    account.apiVersion,
  );
  const run = () => expandPaths(account, call.run(account, ids), call.expand);
  return { ...storeBreakdown(caller, keyed, () => runInTransaction(caller, run, keyed)), headers: {} };
}

/**
 * Runs the call in a transaction. Most errors roll the transaction back. An error with `keepsState` commits it: for
 * example, if a card is declined, the failed charge stays stored.
 */
function runInTransaction(caller: Caller, run: () => object, keyed: IdempotentRequest | null): StatusAndBody {
  const { account, requestId, afterwards } = caller;
  return account.store.transaction(() => {
    const answer = declinedOr(() => ({ status: 200, body: jsonOf(run()) }));
    for (const work of afterwards.splice(0)) work();
    if (keyed) storeAnswer(account.store, keyed, { answer, now: account.now() });
    return answer;
  });

  function declinedOr(work: () => StatusAndBody): StatusAndBody {
    try {
      return work();
    } catch (failure) {
      if (!(failure instanceof SimulatedStripeError) || !failure.details.keepsState) throw failure;
      return { status: failure.details.status, body: jsonOf(failure.body(requestId)) };
    }
  }
}

/**
 * Runs `work`. If it fails with status 500 or 402, stores this answer under the idempotency key. After any other error
 * nothing is stored, so the caller can use the key again.
 */
function storeBreakdown(
  { account, requestId }: Caller,
  keyed: IdempotentRequest | null,
  work: () => StatusAndBody,
): StatusAndBody {
  try {
    return work();
  } catch (failure) {
    const answer = answerToKeep(failure, requestId);
    if (keyed && answer) storeAnswer(account.store, keyed, { answer, now: account.now() });
    throw failure;
  }
}

function answerToKeep(failure: unknown, requestId: string): StatusAndBody | null {
  if (!(failure instanceof SimulatedStripeError)) return brokenAnswer(requestId);
  const { status } = failure.details;
  return status === 402 ? { status, body: jsonOf(failure.body(requestId)) } : null;
}

function routeFor(method: string, path: string): { route: Route; ids: string[] } {
  for (const route of ROUTES) {
    const match = route.method === method ? route.pattern.exec(path) : null;
    if (match) return { route, ids: match.slice(1).map(decodeId) };
  }
  const isCall = /^(GET|POST|DELETE)$/.test(method) && !path.endsWith("/");
  if (isCall && isStripePath(path)) throw unsupportedError(`${method} ${path}`);
  const hint = path.endsWith("/")
    ? " If you are trying to list objects, remove the trailing slash. If you are trying to retrieve an object, make sure you passed a valid (non-empty) identifier in your code."
    : "";
  const message = `Unrecognized request URL (${method}: ${path.slice(0, 200)}).${hint} Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`;
  throw invalidRequest(message, { status: 404 });
}

function decodeId(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The only endpoint that accepts files. */
const UPLOADS = "/v1/files";
/** Stripe's largest files have 16 MB. The remaining bytes are for the other parameters. */
const MAX_UPLOAD_BYTES = 17_000_000;

async function readForm(request: IncomingMessage, url: URL): Promise<FormMap> {
  const type = request.headers["content-type"] ?? "application/x-www-form-urlencoded";
  const query = url.search.slice(1);
  if (url.pathname === UPLOADS && isMultipart(type)) {
    const { text, files } = await parseMultipart(await readBytes(request, MAX_UPLOAD_BYTES), type);
    return Object.assign(parseForm(joined(query, text)), Object.fromEntries(files));
  }
  const body = await readBody(request);
  if (body !== "" && !type.startsWith("application/x-www-form-urlencoded"))
    throw invalidRequest(
      "Invalid request (check that your POST content type is application/x-www-form-urlencoded). If you have any questions, we can help at https://support.stripe.com/.",
    );
  return parseForm(joined(query, body));
}

function joined(...texts: string[]): string {
  return texts.filter((text) => text !== "").join("&");
}

function idempotencyKeyOf(request: IncomingMessage): string | null {
  const key = request.headers["idempotency-key"];
  return request.method === "POST" && typeof key === "string" && key !== "" ? key : null;
}

function failureAnswer(failure: unknown, requestId: string): ApiAnswer {
  if (!(failure instanceof SimulatedStripeError)) {
    process.stderr.write(`500 ${failure instanceof Error ? failure.stack : String(failure)}\n`);
    return { ...brokenAnswer(requestId), headers: {} };
  }
  const { status, headers } = failure.details;
  // Tells the `stripe` package to retry a call that failed with 409 (conflict), but no other failed call. The headers
  // of a SimulatedStripeError can overrule this.
  return {
    status,
    body: jsonOf(failure.body(requestId)),
    headers: { "stripe-should-retry": String(status === 409), ...headers },
  };
}

function brokenAnswer(requestId: string): StatusAndBody {
  const broken = new SimulatedStripeError({
    status: 500,
    type: "api_error",
    message: "stripe-sandbox failed: see its stderr.",
  });
  return { status: 500, body: jsonOf(broken.body(requestId)) };
}

function jsonOf(value: object): string {
  return JSON.stringify(value, null, 2);
}
