import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { isNoticeSignatureValid, signNoticeForUrl } from "./signed-notice";
import { testEnvironmentFor } from "./testing/stripes-books";

const now = new Date("2026-11-26T12:00:00Z");
const minutesLater = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

beforeEach(() => {
  for (const [name, value] of Object.entries(testEnvironmentFor({ url: "http://127.0.0.1:1" } as never)))
    vi.stubEnv(name, value);
});
afterEach(() => vi.unstubAllEnvs());

test("accepts a signed problem for ten minutes", () => {
  const signature = signNoticeForUrl("unreachable", now);
  expect(isNoticeSignatureValid("unreachable", { signature, now })).toBe(true);
  expect(isNoticeSignatureValid("unreachable", { signature, now: minutesLater(9) })).toBe(true);
  expect(isNoticeSignatureValid("unreachable", { signature, now: minutesLater(10) })).toBe(false);
  expect(isNoticeSignatureValid("unreachable", { signature, now: minutesLater(-1) })).toBe(false);
});

test("refuses the signature of another problem, and invented signatures", () => {
  const signature = signNoticeForUrl("unreachable", now);
  expect(isNoticeSignatureValid("refused", { signature, now })).toBe(false);
  const changed = `${signature.slice(0, -2)}${signature.at(-2) === "A" ? "B" : "A"}${signature.at(-1)}`;
  for (const invented of [
    undefined,
    "",
    "unreachable",
    changed,
    `${minutesLater(1).getTime().toString(36)}.${signature.split(".")[1]}`,
    [signature],
  ])
    expect(isNoticeSignatureValid("unreachable", { signature: invented, now: minutesLater(2) })).toBe(false);
});
