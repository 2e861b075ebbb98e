// The challenges of passkeys. They are signed tokens for one session and one purpose, so the server stores nothing
// between the page and the browser's response.
import "server-only";
import { isIP } from "node:net";
import { CLOCK_TOLERANCE_MS } from "../../domain/clock-tolerance";
import { machineTime } from "../clock";
import { env, siteUrl } from "../env";
import { parseSignedToken, signToken } from "../signed-token";

export const PASSKEY_CHALLENGE_LIFETIME_MS = 5 * 60 * 1000;

type Purpose = "add a passkey" | "show a passkey";

export function passkeyVerificationOptions(purpose: Purpose, sessionIdHash: string) {
  return {
    expectedChallenge: (challenge: string) => isOurs(challenge, purpose, sessionIdHash),
    expectedOrigin: new URL(siteUrl()).origin,
    expectedRPID: siteHostName(),
    requireUserVerification: false,
  };
}

export function newPasskeyChallenge(purpose: Purpose, sessionIdHash: string): string {
  return signToken({ purpose, secret: env().NEXTAUTH_SECRET, boundTo: sessionIdHash, at: machineTime() });
}

function isOurs(challenge: string, purpose: Purpose, idHash: string): boolean {
  const text = Buffer.from(challenge, "base64url").toString();
  const token = parseSignedToken(text, { purpose, secret: env().NEXTAUTH_SECRET, boundTo: idHash });
  if (!token) return false;
  const ageMs = machineTime().getTime() - token.at.getTime();
  return ageMs > -CLOCK_TOLERANCE_MS && ageMs <= PASSKEY_CHALLENGE_LIFETIME_MS;
}

/**
 * Returns false for a site at an IP address, because a passkey belongs to a host name. An IPv6 address in a URL is in
 * brackets.
 */
export function isSiteHostNotIpAddress(): boolean {
  return isIP(siteHostName().replace(/[[\]]/g, "")) === 0;
}

export function siteHostName(): string {
  return new URL(siteUrl()).hostname;
}
