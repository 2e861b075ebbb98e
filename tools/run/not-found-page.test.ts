import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { withNotFoundPage } from "./not-found-page.mjs";

let server: Server;
afterEach(() => server.close());

async function open(page: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const answer = withNotFoundPage(async (request, response) => {
    const [path, query = "no query"] = (request.url ?? "").split("?");
    if (path !== "/there-is-no-such-page") return page(request, response);
    response.statusCode = 404;
    response.setHeader("Content-Type", "text/html");
    response.end(`no such page, ${request.method}, ${request.headers.cookie}, ${query}`);
  });
  server = createServer((request, response) => {
    response.setHeader("X-Everywhere", "1");
    void answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function refuseInPieces(_: IncomingMessage, response: ServerResponse) {
  response.statusCode = 404;
  response.setHeader("X-Of-The-Shell", "1");
  response.flushHeaders();
  response.write("<html id=__next_error__>");
  response.end("</html>");
}

test.each([
  ["in pieces", refuseInPieces],
  ["at once", (_: IncomingMessage, response: ServerResponse) => void response.writeHead(404).end("shell")],
  [
    "by status alone",
    (_: IncomingMessage, response: ServerResponse) => {
      response.statusCode = 404;
      response.end();
    },
  ],
])("a 404 that is sent %s becomes the page for unknown URLs", async (_, page) => {
  const site = await open(page);
  for (const path of ["/newsroom", "/supporters/gifts/1?x=1", "/your-gift/unknown", "/wrong-address/unknown"]) {
    const answer = await fetch(site + path, { headers: { cookie: "session=1" } });
    expect([answer.status, await answer.text()]).toEqual([404, "no such page, GET, session=1, no query"]);
    expect(answer.headers.get("x-everywhere")).toBe("1");
    expect(answer.headers.get("x-of-the-shell")).toBeNull();
  }
});

test("a 404 after a POST also becomes the page for unknown URLs", async () => {
  const site = await open(refuseInPieces);
  const answer = await fetch(`${site}/newsroom/queue/events/replay`, { method: "POST", body: "event=1" });
  expect([answer.status, await answer.text()]).toEqual([404, "no such page, GET, undefined, no query"]);
});

test("the page for unknown URLs is requested in the language of the link, without the rest of its query", async () => {
  const site = await open(refuseInPieces);
  const answer = await fetch(`${site}/your-gift/unknown?a=1&language=ru%26b=2`);
  expect(await answer.text()).toBe("no such page, GET, undefined, language=ru%26b%3D2");
});

test("every other response is sent unchanged, and so is a 404 at other paths", async () => {
  const site = await open((request, response) => {
    response.writeHead(request.url === "/supporters" ? 307 : 404, { Location: "/sign-in" });
    response.write("as ");
    response.end("it is");
  });
  const moved = await fetch(`${site}/supporters`, { redirect: "manual" });
  expect([moved.status, moved.headers.get("location"), await moved.text()]).toEqual([307, "/sign-in", "as it is"]);
  const elsewhere = await fetch(`${site}/newsrooms`);
  expect([elsewhere.status, await elsewhere.text()]).toEqual([404, "as it is"]);
});

test("an error in a page is passed on", async () => {
  const answer = withNotFoundPage(() => Promise.reject(new Error("failed")));
  const failing = createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(500).end());
  });
  server = failing;
  await new Promise<void>((resolve) => failing.listen(0, "127.0.0.1", resolve));
  const { port } = failing.address() as AddressInfo;
  expect((await fetch(`http://127.0.0.1:${port}/newsroom`)).status).toBe(500);
});
