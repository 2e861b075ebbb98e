// The developer's side door: the control page at / and its deeds as JSON doors. Only for this machine: a page on the web
// must not be able to reach it through the developer's browser.
import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { listFaults } from "../faults/rules";
import { answerHistory } from "../history/door";
import { StripeError } from "../http/errors";
import { type Reply, send } from "../http/server";
import type { Sandbox } from "../sandbox";
import { listSnapshots } from "../snapshots";
import { type Act, Refusal, readPosted } from "./act";
import { ACTS } from "./acts";
import { overviewPage } from "./overview-page";

export async function answerControl(
  sandbox: Sandbox,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  if (!isFromThisMachine(request)) return send(response, json(403, { error: "only from this machine" }));
  if (`${request.method} ${path}` === "POST /_sandbox/history") return answerHistory(sandbox, request, response);
  send(response, await replyTo(sandbox, request, path));
}

async function replyTo(sandbox: Sandbox, request: IncomingMessage, path: string): Promise<Reply> {
  const act = path.startsWith("/_sandbox/") ? ACTS[path.slice("/_sandbox/".length)] : undefined;
  if (request.method === "POST" && act) return doAct(sandbox, request, act);
  switch (`${request.method} ${path}`) {
    case "GET /":
      return overviewPage(sandbox);
    case "GET /_sandbox/health":
      return json(200, { ok: true });
    case "GET /_sandbox/accounts":
      return json(200, { accounts: sandbox.store.listAccounts() });
    case "GET /_sandbox/faults":
      return json(200, { faults: listFaults(sandbox.store) });
    case "GET /_sandbox/snapshots":
      return json(200, { snapshots: listSnapshots(sandbox.statePath) });
    default:
      return json(404, { error: `no such page: ${request.method} ${path}` });
  }
}

async function doAct(sandbox: Sandbox, request: IncomingMessage, act: Act): Promise<Reply> {
  try {
    const { given } = await readPosted(request);
    const done = await act.run(sandbox, given);
    sandbox.sender.poke();
    return json(200, done);
  } catch (failure) {
    const { status, reason } = refusalOf(failure);
    return json(status, { error: reason });
  }
}

function refusalOf(failure: unknown): { status: number; reason: string } {
  if (failure instanceof Refusal) return { status: failure.status, reason: failure.message };
  if (failure instanceof StripeError) return { status: failure.details.status, reason: failure.message };
  if (failure instanceof z.ZodError) return { status: 400, reason: z.prettifyError(failure) };
  if (failure instanceof SyntaxError) return { status: 400, reason: "the body is not JSON" };
  throw failure;
}

/** Guards against DNS rebinding (Host) and cross-site posts (Origin). */
function isFromThisMachine({ headers }: IncomingMessage): boolean {
  const host = (headers.host ?? "").replace(/:\d+$/, "");
  const isLocal = ["127.0.0.1", "localhost", "[::1]"].includes(host);
  return isLocal && (headers.origin === undefined || headers.origin === `http://${headers.host}`);
}

export function json(status: number, value: object): Reply {
  return { status, headers: { "content-type": "application/json" }, body: `${JSON.stringify(value)}\n` };
}
