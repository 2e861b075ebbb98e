// Records the changes that the site requests. While it swallows them, the site gets a success, but the stand-in changes
// nothing.
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export type SwallowingProxy = Awaited<ReturnType<typeof openSwallowingProxy>>;

/** `target`: the Stripe stand-in's URL, or a function that returns the current URL. */
export async function openSwallowingProxy(target: string | (() => string)) {
  const changes: string[] = [];
  let swallows = false;
  let isRefusing = false;
  const server = createServer(async (request, response) => {
    const body = await textOf(request);
    if (isRefusing) {
      // Unlike 402, a 400 does not mean a refused card, and the stripe package does not retry it.
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
      const answer = await fetch(`${typeof target === "string" ? target : target()}${request.url}`, {
        ...{ method, headers, signal: disconnected.signal },
        ...(method === "GET" ? {} : { body }),
      });
      const text = await answer.text();
      const replayed = answer.headers.get("idempotent-replayed");
      response.writeHead(answer.status, {
        "content-type": answer.headers.get("content-type") ?? "application/json",
        ...(replayed ? { "idempotent-replayed": replayed } : {}),
      });
      response.end(text);
    } catch {
      // The stand-in closed the connection, or the site did.
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
    close: () => server.close(),
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
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
