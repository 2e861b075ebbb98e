import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { listAllFaultRules } from "../faults/rules";
import { answerCreateHistoryRequest } from "../history/handler";
import { SimulatedStripeError } from "../http/errors";
import { findCallerAccountId } from "../http/keys";
import { jsonReply, type Reply, sendReply } from "../http/reply";
import type { Sandbox } from "../sandbox";
import { listSnapshots } from "../snapshots";
import { type Action, ControlActionRefusedError, readPostedAction } from "./action";
import { CONTROL_ACTIONS } from "./actions";
import { findControlPage, refusedPage } from "./pages/pages";

export async function answerControlRequest(
  sandbox: Sandbox,
  request: IncomingMessage,
  { response, path }: { response: ServerResponse; path: string },
): Promise<void> {
  if (!isFromThisMachine(request))
    return sendReply(response, jsonReply(403, { error: "only requests from this machine are accepted" }));
  if (`${request.method} ${path}` === "POST /_sandbox/history")
    return answerCreateHistoryRequest(sandbox, request, response);
  sendReply(response, await replyTo(sandbox, request, path));
}

async function replyTo(sandbox: Sandbox, request: IncomingMessage, path: string): Promise<Reply> {
  const action = path.startsWith("/_sandbox/") ? CONTROL_ACTIONS[path.slice("/_sandbox/".length)] : undefined;
  if (request.method === "POST" && action) return runAction(sandbox, request, action);
  if (request.method !== "GET") return noSuchPage(request.method, path);
  if (path === "/_sandbox/clock") return clockOf(sandbox, request);
  return dataAt(sandbox, path) ?? showPage(sandbox, request) ?? noSuchPage("GET", path);
}

function noSuchPage(method: string | undefined, path: string): Reply {
  return jsonReply(404, { error: `no such page: ${method} ${path}` });
}

function dataAt(sandbox: Sandbox, path: string): Reply | null {
  switch (path) {
    case "/_sandbox/health":
      return jsonReply(200, { ok: true });
    case "/_sandbox/accounts":
      return jsonReply(200, { accounts: sandbox.store.listAccounts() });
    case "/_sandbox/faults":
      return jsonReply(200, { faults: listAllFaultRules(sandbox.store) });
    case "/_sandbox/snapshots":
      return jsonReply(200, { snapshots: listSnapshots(sandbox.statePath) });
    default:
      return null;
  }
}

function clockOf(sandbox: Sandbox, request: IncomingMessage): Reply {
  const id = findCallerAccountId(request);
  return id ? jsonReply(200, { now: sandbox.account(id).now() }) : jsonReply(401, { error: "an API key is needed" });
}

/**
 * Shows a control page with the message of the action that `?done=` names. The URL does not contain the message itself,
 * so that a link cannot show arbitrary text.
 */
function showPage(sandbox: Sandbox, request: IncomingMessage): Reply | null {
  const url = new URL(request.url ?? "/", sandbox.baseUrl);
  const finished = CONTROL_ACTIONS[url.searchParams.get("done") ?? ""];
  return findControlPage(sandbox, url, finished?.message ?? null);
}

async function runAction(sandbox: Sandbox, request: IncomingMessage, action: Action): Promise<Reply> {
  let back: string | null = null;
  try {
    const posted = await readPostedAction(request);
    back = posted.back;
    const result = await action.run(sandbox, posted.input);
    sandbox.sender.wake();
    if (back === null) return jsonReply(200, result);
    return seeOther("goTo" in result ? String(result.goTo) : withDone(back, request.url ?? ""));
  } catch (failure) {
    const { status, reason } = refusalOf(failure);
    return back === null ? jsonReply(status, { error: reason }) : refusedPage(status, reason, back);
  }
}

function withDone(back: string, actionUrl: string): string {
  const url = new URL(back, "http://127.0.0.1");
  url.searchParams.set("done", actionUrl.split("/").at(-1) ?? "");
  return url.pathname + url.search;
}

function seeOther(location: string): Reply {
  return { status: 303, headers: { location }, body: "" };
}

function refusalOf(failure: unknown): { status: number; reason: string } {
  if (failure instanceof ControlActionRefusedError) return { status: failure.status, reason: failure.message };
  if (failure instanceof SimulatedStripeError) return { status: failure.details.status, reason: failure.message };
  if (failure instanceof z.ZodError) return { status: 400, reason: z.prettifyError(failure) };
  if (failure instanceof SyntaxError) return { status: 400, reason: "the body is not JSON" };
  throw failure;
}

/**
 * Returns false for a request with which a page of another site could change something or read the response. The header
 * Host shows DNS rebinding, and the header Origin shows a form from another site.
 */
function isFromThisMachine({ headers }: IncomingMessage): boolean {
  const host = (headers.host ?? "").replace(/:\d+$/, "");
  const isLocal = ["127.0.0.1", "localhost", "[::1]"].includes(host);
  return isLocal && (headers.origin === undefined || headers.origin === `http://${headers.host}`);
}
