import { once } from "node:events";
import { Agent, createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { createGracefulShutdown, SHUTDOWN_LIMIT_MS } from "./graceful-shutdown.mjs";

let agent: Agent;
let server: Server;
let port: number;

afterEach(() => {
  agent.destroy();
  server.closeAllConnections();
});

/** Starts a server that never closes idle connections before it shuts down. */
async function listen(answer: (response: ServerResponse, request: IncomingMessage) => void): Promise<void> {
  agent = new Agent({ keepAlive: true, maxSockets: 1 });
  server = createServer({ keepAliveTimeout: 0 }, (incoming, response) => answer(response, incoming));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  port = (server.address() as AddressInfo).port;
}

/** A time limit that no test reaches. A shutdown that completes in a test has therefore not waited for it. */
const NEVER_MS = 3_600_000;

function send(path = "/"): Promise<{ status?: number; connection?: string }> {
  return new Promise((resolve, reject) => {
    const call = request({ host: "127.0.0.1", port, path, agent }, (response) => {
      response.resume();
      response.on("error", reject);
      response.on("end", () => resolve({ status: response.statusCode, connection: response.headers.connection }));
    });
    call.on("error", reject).end();
  });
}

test("a server without requests shuts down at once, even with an open connection", async () => {
  await listen((response) => response.end("yes"));
  const end = createGracefulShutdown(server, { limitMs: NEVER_MS });
  expect(await send()).toEqual({ status: 200, connection: "keep-alive" });
  await end();
});

test("a request in progress is answered before the server shuts down", async () => {
  await listen(() => {});
  const requested = once(server, "request");
  const end = createGracefulShutdown(server, { limitMs: NEVER_MS, idleClosedEveryMs: 5 });
  const answered = send();
  const [, response] = await requested;
  const closesIdle = vi.spyOn(server, "closeIdleConnections");
  let hasEnded = false;
  const ended = end().then(() => {
    hasEnded = true;
  });
  await expect.poll(() => closesIdle.mock.calls.length, { timeout: 60_000 }).toBeGreaterThan(3);
  expect(hasEnded).toBe(false);
  response.end("late");
  expect(await answered).toMatchObject({ status: 200 });
  await ended;
});

test("a client that keeps sending on its connection gets one more response, which closes the connection", async () => {
  const answers: (string | undefined)[] = [];
  await listen((response, { url }) => void (url === "/first" || response.end("yes")));
  const requested = once(server, "request");
  const end = createGracefulShutdown(server, { limitMs: NEVER_MS, idleClosedEveryMs: NEVER_MS });
  const first = send("/first");
  const [, response] = await requested;
  const ended = end();
  const hasConnectionBack = once(agent, "free");
  response.end("yes");
  await Promise.all([first, hasConnectionBack]);
  const keepsSending = (async () => {
    for (;;) answers.push((await send()).connection);
  })().catch(() => {});
  await Promise.all([ended, keepsSending]);
  expect(answers).toEqual(["close"]);
});

test("a client that never reads delays the shutdown by the limit at most, which is longer than the wait for Stripe", async () => {
  expect(SHUTDOWN_LIMIT_MS).toBeGreaterThan(8_000);
  await listen(() => {});
  const requested = once(server, "request");
  const end = createGracefulShutdown(server, { limitMs: 300 });
  const answered = send().catch(() => "cut");
  await requested;
  const ended = end();
  expect(end()).toBe(ended);
  await ended;
  expect(await answered).toBe("cut");
});
