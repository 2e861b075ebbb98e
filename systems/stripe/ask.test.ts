import { expect, it, vi } from "vitest";
import { log } from "../log";
import { tryStripeCall } from "./ask";

const about = { recurringGift: "r1" };

it("returns `done`, or logs a failure without its e-mail address", async () => {
  const logged = vi.spyOn(log, "error").mockImplementation(() => {});
  expect(await tryStripeCall(async () => {}, { about, timeoutMs: 1_000 })).toBe("done");
  expect(logged).not.toHaveBeenCalled();
  const refused = () => Promise.reject(new Error("no card of anna@example.org"));
  expect(await tryStripeCall(refused, { about, timeoutMs: 1_000 })).toBe("failed");
  expect(logged.mock.calls[0]?.[0]).toEqual({ recurringGift: "r1", error: "Error: no card of (e-mail)" });
});

it("gives up on an answer that does not come", async () => {
  vi.spyOn(log, "error").mockImplementation(() => {});
  expect(await tryStripeCall(() => new Promise(() => {}), { about, timeoutMs: 50 })).toBe("failed");
});
