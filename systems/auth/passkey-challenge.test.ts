import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { testEnvironmentFor } from "../testing/stripes-books";
import { newPasskeyChallenge, PASSKEY_CHALLENGE_LIFETIME_MS, passkeyVerificationOptions } from "./passkey-challenge";

const NOW = new Date("2026-11-23T12:00:00Z");

beforeEach(() => {
  for (const [name, value] of Object.entries(testEnvironmentFor({ url: "http://127.0.0.1:1" } as never)))
    vi.stubEnv(name, value);
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

/** Returns the challenge in the encoding in which a browser sends it back. */
function sentBack(challenge: string): string {
  return Buffer.from(challenge).toString("base64url");
}

/** Makes a challenge at the time NOW. Returns true if the challenge is accepted `ms` milliseconds later. */
function isAcceptedAfter(ms: number): boolean {
  vi.setSystemTime(NOW);
  const challenge = sentBack(newPasskeyChallenge("add a passkey", "session of anna"));
  vi.setSystemTime(NOW.getTime() + ms);
  return passkeyVerificationOptions("add a passkey", "session of anna").expectedChallenge(challenge);
}

it("accepts a challenge for five minutes", () => {
  expect(isAcceptedAfter(0)).toBe(true);
  expect(isAcceptedAfter(PASSKEY_CHALLENGE_LIFETIME_MS)).toBe(true);
  expect(isAcceptedAfter(PASSKEY_CHALLENGE_LIFETIME_MS + 1)).toBe(false);
});

it("accepts a challenge of a server whose clock is ahead by less than five seconds", () => {
  expect(isAcceptedAfter(-4_999)).toBe(true);
  expect(isAcceptedAfter(-5_000)).toBe(false);
});

it("refuses a challenge of another session or for another purpose", () => {
  const challenge = sentBack(newPasskeyChallenge("add a passkey", "session of anna"));
  expect(passkeyVerificationOptions("add a passkey", "session of boris").expectedChallenge(challenge)).toBe(false);
  expect(passkeyVerificationOptions("show a passkey", "session of anna").expectedChallenge(challenge)).toBe(false);
  expect(passkeyVerificationOptions("add a passkey", "session of anna").expectedChallenge("")).toBe(false);
});
