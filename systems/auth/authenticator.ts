// Codes of an authenticator app: six digits, new every 30 seconds (RFC 6238). They follow the machine's time, as the app follows
// the phone's, even if the site's clock follows the stand-in's.
import "server-only";
import { Secret, TOTP } from "otpauth";
import { machineTime } from "../clock";
import { keyedHash } from "../identity";

const PERIOD_SECONDS = 30;
/** How many steps before and after the current one are accepted: phones' clocks differ, and typing takes time. */
const WINDOW = 1;
const SECRET_BYTES = 20;

/**
 * The base32 secret that a set-up page offers. It stays the same within a session until it is in use, so the page can be reloaded.
 * Nothing is stored before that. `replaces`: when the app that it replaces was set up.
 */
export function offeredSecret(offer: { staffId: string; idHash: string; replaces: Date | null }): string {
  const { staffId, idHash, replaces } = offer;
  const hash = keyedHash("authenticator", JSON.stringify([staffId, idHash, replaces?.toISOString() ?? null]));
  return new Secret({ buffer: new Uint8Array(hash.subarray(0, SECRET_BYTES)).buffer }).base32;
}

/** The text of the QR code. `account` distinguishes the colleague's entries in their app. */
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

/** The step of 30 seconds since 1970 to which a typed code belongs; null for a code that is wrong or too old. */
export function findTotpStep(secret: string, typed: string): number | null {
  const token = typed.replace(/\s/g, "");
  if (!/^\d{6}$/.test(token)) return null;
  const timestamp = machineTime().getTime();
  const delta = new TOTP({ secret: Secret.fromBase32(secret) }).validate({ token, timestamp, window: WINDOW });
  return delta === null ? null : Math.floor(timestamp / (PERIOD_SECONDS * 1000)) + delta;
}
