// A proxy between the site and the Stripe stand-in. It records the changes that the site requests. While it swallows
// them, the site gets a success, but the stand-in changes nothing.
import { Agent, createServer, type IncomingMessage, type RequestOptions, request as sendRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export type WriteInterceptingProxy = Awaited<ReturnType<typeof openWriteInterceptingProxy>>;

/** Opens the proxy. `target`: the Stripe stand-in's URL, or a function that returns the current URL. */
export async function openWriteInterceptingProxy(target: string | (() => string)) {
  const changes: string[] = [];
  let swallows = false;
  let isRefusing = false;
  const agent = new Agent({ keepAlive: true });
  const server = createServer(async (request, response) => {
    const body = await text(request);
    if (isRefusing) {
      // Answers 400, because the stripe package does not retry after this status. The status 402 would mean that the
      // card was declined.
      response.writeHead(400, { "content-type": "application/json" });
      response.end('{"error":{"type":"invalid_request_error","message":"refused"}}');
      return;
    }
    const isChange = request.method !== "GET";
    if (isChange) changes.push(`${request.method} ${request.url} ${body}`);
    const method = isChange && swallows ? "GET" : (request.method ?? "GET");
    const headers = { authorization: request.headers.authorization ?? "", ...forwardedHeaders(request) };
    const disconnected = new AbortController();
    response.on("close", () => disconnected.abort());
    try {
      const url = `${typeof target === "string" ? target : target()}${request.url}`;
      const options = { agent, method, headers, signal: disconnected.signal };
      const answer = await forward(url, { ...options, body: method === "GET" ? "" : body });
      const answered = await text(answer);
      const replayed = answer.headers["idempotent-replayed"];
      response.writeHead(answer.statusCode ?? 500, {
        "content-type": answer.headers["content-type"] ?? "application/json",
        ...(replayed ? { "idempotent-replayed": replayed } : {}),
      });
      response.end(answered);
    } catch {
      // The stand-in broke off its answer, or the site no longer waits for it. The proxy then closes the site's
      // connection, if it is still open.
      request.socket.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    takeChanges: () => changes.splice(0),
    async whileSwallowing<T>(act: () => Promise<T>): Promise<T> {
      swallows = true;
      try {
        return await act();
      } finally {
        swallows = false;
      }
    },
    async whileRefusing<T>(act: () => Promise<T>): Promise<T> {
      isRefusing = true;
      try {
        return await act();
      } finally {
        isRefusing = false;
      }
    },
    close: () => {
      server.close();
      agent.destroy();
    },
  };
}

/** Forwards a request. fetch() would take a millisecond more processor time for each one. */
function forward(url: string, { body, ...options }: RequestOptions & { body: string }): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    sendRequest(url, options).on("response", resolve).on("error", reject).end(body);
  });
}

function forwardedHeaders({ headers }: IncomingMessage) {
  const type = headers["content-type"];
  const version = headers["stripe-version"];
  const key = headers["idempotency-key"];
  return {
    ...(key ? { "idempotency-key": String(key) } : {}),
    ...(type ? { "content-type": type } : {}),
    ...(version ? { "stripe-version": String(version) } : {}),
  };
}
