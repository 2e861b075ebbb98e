import { Agent, createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { endsInOrder, LAST_ANSWERS_MS } from "./end-in-order.mjs";

let agent: Agent;
let server: Server;
let port: number;

afterEach(() => {
  agent.destroy();
  server.closeAllConnections();
});

async function listen(answer: (response: ServerResponse, request: IncomingMessage) => void): Promise<void> {
  agent = new Agent({ keepAlive: true, maxSockets: 1 });
  server = createServer((asked, response) => answer(response, asked));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  port = (server.address() as AddressInfo).port;
}

/** By one connection that is kept open, as a browser or a proxy does. */
function ask(path = "/"): Promise<{ status?: number; connection?: string }> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, path, agent }, (response) => {
      response.resume();
      response.on("error", reject);
      response.on("end", () => resolve({ status: response.statusCode, connection: response.headers.connection }));
    });
    asked.on("error", reject).end();
  });
}

async function secondsOf(work: Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work;
  return (performance.now() - startedMs) / 1000;
}

test("a server that nobody asks ends at once, though a connection is kept open", async () => {
  await listen((response) => response.end("yes"));
  const end = endsInOrder(server);
  expect(await ask()).toEqual({ status: 200, connection: "keep-alive" });
  expect(await secondsOf(end())).toBeLessThan(1);
});

test("what has begun is answered, however many seconds it takes, and the server ends after it", async () => {
  await listen((response) => void delay(3_500).then(() => response.end("late")));
  const end = endsInOrder(server);
  const asked = ask();
  await delay(100);
  const ended = end();
  expect(await asked).toMatchObject({ status: 200 });
  expect(await secondsOf(ended)).toBeLessThan(2);
});

test("a client that goes on asking by its open connection gets one more answer, which says that it is the last", async () => {
  const answers: (string | undefined)[] = [];
  await listen((response, { url }) => void delay(url === "/first" ? 300 : 0).then(() => response.end("yes")));
  const end = endsInOrder(server, { idleClosedEveryMs: 5_000 });
  const first = ask("/first");
  await delay(100);
  const ended = end();
  await first;
  // The client has its connection back.
  await delay(50);
  const goesOn = (async () => {
    for (;;) answers.push((await ask()).connection);
  })().catch(() => {});
  await Promise.all([ended, goesOn]);
  expect(answers).toEqual(["close"]);
});

test("a client that never listens keeps nobody longer than the limit, which is above what Stripe is waited for", async () => {
  expect(LAST_ANSWERS_MS).toBeGreaterThan(8_000);
  await listen(() => {});
  const end = endsInOrder(server, { limitMs: 500 });
  const asked = ask().catch(() => "cut");
  await delay(100);
  const ended = end();
  expect(end()).toBe(ended);
  expect(await secondsOf(ended)).toBeGreaterThan(0.3);
  expect(await asked).toBe("cut");
});
