import { expect, test } from "vitest";
import { readRequestBody } from "./body";
import { withSameOriginForm } from "./same-origin-form";

/** A request with an endless chunked body and no Content-Length. */
function endless() {
  const sent = { chunks: 0, stopped: false };
  const body = new ReadableStream<Uint8Array>(
    {
      pull(stream) {
        sent.chunks += 1;
        stream.enqueue(new Uint8Array(1_000).fill(97));
      },
      cancel() {
        sent.stopped = true;
      },
    },
    { highWaterMark: 0 },
  );
  const headers = { "Sec-Fetch-Site": "same-origin" };
  const init = { method: "POST", body, duplex: "half", headers };
  return { sent, request: new Request("http://127.0.0.1/give/start", init) };
}

test("reads a body unchanged", async () => {
  const request = new Request("http://127.0.0.1/", { method: "POST", body: "sum=ten €" });
  expect((await readRequestBody(request, 100))?.toString("utf8")).toBe("sum=ten €");
  expect(await readRequestBody(new Request("http://127.0.0.1/", { method: "POST" }), 100)).toHaveLength(0);
});

test("stops reading a body without Content-Length once it exceeds the limit", async () => {
  const { sent, request } = endless();
  expect(await readRequestBody(request, 10_000)).toBeNull();
  expect(sent).toEqual({ chunks: 11, stopped: true });
});

test("responds 413 to an endless form", async () => {
  const { sent, request } = endless();
  const route = withSameOriginForm("/give", () => Promise.reject(new Error("the handler was called")));
  expect(await route(request, { params: Promise.resolve({}) })).toMatchObject({ status: 413 });
  expect(sent.stopped).toBe(true);
});
