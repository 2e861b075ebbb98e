// Codes of an authenticator app: six digits, new every 30 seconds (RFC 6238). They use the machine's time, because the app uses
// the phone's time. In development the site's own clock may differ from both.
import "server-only";
import { Secret, TOTP } from "otpauth";
import { machineTime } from "../clock";
import { keyedHash } from "../identity";

const PERIOD_SECONDS = 30;
/** How many 30-second steps before and after the current step are accepted. Phones' clocks differ, and typing takes time. */
const WINDOW = 1;
const SECRET_BYTES = 20;

/** Derived, not stored, so the page can be reloaded. `replaces`: when the app that is replaced was set up. */
export function deriveAuthenticatorSecret(offer: { staffId: string; idHash: string; replaces: Date | null }): string {
  const { staffId, idHash, replaces } = offer;
  const hash = keyedHash("authenticator", JSON.stringify([staffId, idHash, replaces?.toISOString() ?? null]));
  return new Secret({ buffer: new Uint8Array(hash.subarray(0, SECRET_BYTES)).buffer }).base32;
}

/** `account` distinguishes several entries for this site in one app. */
export function authenticatorLink({
  secret,
  issuer,
  account,
}: {
  secret: string;
  issuer: string;
  account: string;
}): string {
  return new TOTP({ issuer, label: account, secret: Secret.fromBase32(secret) }).toString();
}

/** Returns the number of 30-second steps from 1970 to the typed code. Returns null for a code that is wrong or too old. */
export function findTotpStep(secret: string, typed: string): number | null {
  const token = typed.replace(/\s/g, "");
  if (!/^\d{6}$/.test(token)) return null;
  const timestamp = machineTime().getTime();
  const delta = new TOTP({ secret: Secret.fromBase32(secret) }).validate({ token, timestamp, window: WINDOW });
  return delta === null ? null : Math.floor(timestamp / (PERIOD_SECONDS * 1000)) + delta;
}
