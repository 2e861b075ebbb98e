import { once } from "node:events";
import { Agent, createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { endsInOrder, LAST_ANSWERS_MS } from "./graceful-shutdown.mjs";

let agent: Agent;
let server: Server;
let port: number;

afterEach(() => {
  agent.destroy();
  server.closeAllConnections();
});

/** Keeps connections open for ever, unless it is told to close them. */
async function listen(answer: (response: ServerResponse, request: IncomingMessage) => void): Promise<void> {
  agent = new Agent({ keepAlive: true, maxSockets: 1 });
  server = createServer({ keepAliveTimeout: 0 }, (asked, response) => answer(response, asked));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  port = (server.address() as AddressInfo).port;
}

/** Longer than any test lasts: whatever ends before has ended by itself. */
const NEVER_MS = 3_600_000;

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

test("a server that nobody asks ends at once, though a connection is kept open", async () => {
  await listen((response) => response.end("yes"));
  const end = endsInOrder(server, { limitMs: NEVER_MS });
  expect(await ask()).toEqual({ status: 200, connection: "keep-alive" });
  await end();
});

test("what has begun is answered, however long it takes, and the server ends after it", async () => {
  await listen(() => {});
  const begun = once(server, "request");
  const end = endsInOrder(server, { limitMs: NEVER_MS, idleClosedEveryMs: 5 });
  const asked = ask();
  const [, response] = await begun;
  let hasEnded = false;
  const ended = end().then(() => {
    hasEnded = true;
  });
  await delay(200);
  expect(hasEnded).toBe(false);
  response.end("late");
  expect(await asked).toMatchObject({ status: 200 });
  await ended;
});

test("a client that goes on asking by its open connection gets one more answer, which says that it is the last", async () => {
  const answers: (string | undefined)[] = [];
  await listen((response, { url }) => void (url === "/first" || response.end("yes")));
  const begun = once(server, "request");
  const end = endsInOrder(server, { limitMs: NEVER_MS, idleClosedEveryMs: NEVER_MS });
  const first = ask("/first");
  const [, response] = await begun;
  const ended = end();
  const hasConnectionBack = once(agent, "free");
  response.end("yes");
  await Promise.all([first, hasConnectionBack]);
  const goesOn = (async () => {
    for (;;) answers.push((await ask()).connection);
  })().catch(() => {});
  await Promise.all([ended, goesOn]);
  expect(answers).toEqual(["close"]);
});

test("a client that never listens keeps nobody longer than the limit, which is above what Stripe is waited for", async () => {
  expect(LAST_ANSWERS_MS).toBeGreaterThan(8_000);
  await listen(() => {});
  const begun = once(server, "request");
  const end = endsInOrder(server, { limitMs: 300 });
  const asked = ask().catch(() => "cut");
  await begun;
  const ended = end();
  expect(end()).toBe(ended);
  await ended;
  expect(await asked).toBe("cut");
});
