import { request } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Bench, fillIn, giftMonthly, openBench } from "./testing/bench";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

/** By hand, since fetch sets Host itself. */
function statusFor(path: string, headers: Record<string, string>, method = "GET"): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(bench.url + path, { method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on("error", reject)
      .end();
  });
}

test("it says that it is well", async () => {
  expect(await (await fetch(`${bench.url}/_sandbox/health`)).json()).toEqual({ ok: true });
});

test("its page lists what the account holds", async () => {
  await fillIn(await bench.stripe.checkout.sessions.create(giftMonthly()));
  const page = await (await fetch(bench.url)).text();
  for (const words of ["Checkout sessions", "Payments", "Subscriptions", "checkout.session.completed", "$10.00"])
    expect(page).toContain(words);
  expect(page).not.toContain("sk_test_bench");
});

test("a page on the web cannot reach it through the developer's browser", async () => {
  expect(await statusFor("/", { host: "evil.example" })).toBe(403);
  expect(await statusFor("/_sandbox/reset", { origin: "https://evil.example" }, "POST")).toBe(403);
  expect(await statusFor("/_sandbox/health", { host: "localhost" })).toBe(200);
});
