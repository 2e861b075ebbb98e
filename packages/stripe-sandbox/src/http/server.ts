import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { answerChallengePage } from "../challenge-page/handler";
import { answerCheckoutPageRequest } from "../checkout-page/handler";
import { answerControlRequest } from "../control/handler";
import { serveReceiptAndInvoicePages } from "../documents-page/handler";
import { answerCallWithFaults } from "../faults/call-faults";
import { answerPaymentLinkRequest } from "../payment-link-page/handler";
import { answerPortal } from "../portal-page/handler";
import type { Sandbox } from "../sandbox";
import { stripeJsReply } from "../stripe-js/serve-stripe-js";
import { answerApi } from "./api";
import { findAsset } from "./assets";
import { sendReply } from "./reply";

export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

export function createSandboxServer(sandbox: Sandbox, upgrade: UpgradeHandler): Server {
  const server = createServer({ requestTimeout: 60_000 }, (request, response) => {
    answer(sandbox, request, response).catch((failure) => {
      process.stderr.write(`500 ${failure instanceof Error ? failure.stack : String(failure)}\n`);
      if (!response.headersSent) response.writeHead(500, { "content-type": "text/plain" });
      response.end("stripe-sandbox failed: see its stderr.\n");
    });
  });
  server.on("upgrade", upgrade);
  server.on("clientError", (_, socket) => {
    if (socket.writable) socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
  });
  return server;
}

async function answer(sandbox: Sandbox, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? "/").split("?")[0] ?? "/";
  if (/^\/v[12]\//.test(path)) {
    if (request.method === "OPTIONS") return sendReply(response, { status: 200, headers: FROM_ANYWHERE, body: "" });
    return answerCallWithFaults(sandbox, { request, response, path }, async () => {
      const { status, headers, body } = await answerApi(sandbox, request);
      return { status, headers: { ...FROM_ANYWHERE, ...headers, "content-type": "application/json" }, body };
    });
  }
  const asset = findAsset(path) ?? stripeJsReply(path, sandbox.baseUrl);
  if (asset) return sendReply(response, asset);
  if (/^\/(i|receipts)\//.test(path))
    return sendReply(response, await serveReceiptAndInvoicePages(sandbox, request, path));
  if (path.startsWith("/p/session/")) return sendReply(response, await answerPortal(sandbox, request));
  if (path.startsWith("/c/pay/")) return sendReply(response, await answerCheckoutPageRequest(sandbox, request, path));
  if (path.startsWith("/authenticate/")) return sendReply(response, await answerChallengePage(sandbox, request, path));
  if (path.startsWith("/l/")) return sendReply(response, answerPaymentLinkRequest(sandbox, path));
  return answerControlRequest(sandbox, request, { response, path });
}

/** CORS headers. As at Stripe, they let a page of any site call the API from the browser, with a publishable key. */
const FROM_ANYWHERE = {
  "access-control-allow-origin": "*",
  "access-control-allow-headers": "authorization, content-type, idempotency-key, stripe-account, stripe-version",
  "access-control-allow-methods": "GET, HEAD, PUT, PATCH, POST, DELETE",
  "access-control-expose-headers": "Request-Id, Stripe-Manage-Version, Stripe-Should-Retry",
  "access-control-max-age": "300",
};
