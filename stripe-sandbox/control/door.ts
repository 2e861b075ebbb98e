// The developer's side door: health, reset, history, and a page that lists what is kept. Only for this machine: a page
// on the web must not be able to reach it through the developer's browser.
import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { accountIdOf } from "../account";
import { answerHistory } from "../history/door";
import { readBody } from "../http/body";
import { StripeError } from "../http/errors";
import { type Reply, send } from "../http/server";
import type { Sandbox } from "../sandbox";
import { overviewPage } from "./overview-page";

const CSS = readFileSync(new URL("../checkout-page/page.css", import.meta.url), "utf8");

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
  switch (`${request.method} ${path}`) {
    case "GET /":
      return overviewPage(sandbox);
    case "GET /assets/page.css":
      return { status: 200, headers: { "content-type": "text/css; charset=utf-8" }, body: CSS };
    case "GET /_sandbox/health":
      return json(200, { ok: true });
    case "POST /_sandbox/reset":
      return reset(sandbox, request);
    default:
      return json(404, { error: `no such page: ${request.method} ${path}` });
  }
}

const resetBody = z.object({ key: z.string().optional() });

async function reset(sandbox: Sandbox, request: IncomingMessage): Promise<Reply> {
  try {
    const { key } = resetBody.parse(JSON.parse((await readBody(request)) || "{}"));
    sandbox.store.reset(key ? accountIdOf(key) : null);
    return json(200, { ok: true });
  } catch (failure) {
    if (failure instanceof SyntaxError || failure instanceof z.ZodError)
      return json(400, { error: 'expected {"key"?: string}' });
    if (failure instanceof StripeError) return json(failure.details.status, { error: failure.message });
    throw failure;
  }
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
