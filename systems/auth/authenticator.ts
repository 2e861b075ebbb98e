// Codes of an authenticator app: six digits, new every 30 seconds (RFC 6238). They use the machine's time, because the
// app uses the phone's time. In development the site's own clock can differ from both.
import "server-only";
import { Secret, TOTP } from "otpauth";
import { machineTime } from "../clock";
import { keyedHash } from "../identity";

const PERIOD_SECONDS = 30;
/**
 * How many 30-second steps before and after the current one are also accepted. Phones' clocks differ, and typing takes
 * time.
 */
const WINDOW = 1;
const SECRET_BYTES = 20;

/**
 * Derives the secret of a new authenticator app, which the site has not stored yet. The same parameters give the same
 * secret, so reloading the page in the same session does not change it. `replacedAppSetUpAt`: the time at which the
 * colleague set up the old app; null if the new app replaces none.
 */
export function deriveAuthenticatorSecret(offer: {
  staffId: string;
  sessionIdHash: string;
  replacedAppSetUpAt: Date | null;
}): string {
  const { staffId, sessionIdHash, replacedAppSetUpAt } = offer;
  const hash = keyedHash(
    "authenticator",
    JSON.stringify([staffId, sessionIdHash, replacedAppSetUpAt?.toISOString() ?? null]),
  );
  return new Secret({ buffer: new Uint8Array(hash.subarray(0, SECRET_BYTES)).buffer }).base32;
}

/**
 * Returns the URL that sets up an authenticator app. `account`: the name that tells apart several entries for this site
 * in one app.
 */
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

/**
 * Returns the number of 30-second steps from 1970 to the time of the typed code. Null for a code that is wrong, too old
 * or too new.
 */
export function findTotpStep(secret: string, typed: string): number | null {
  const token = typed.replace(/\s/g, "");
  if (!/^\d{6}$/.test(token)) return null;
  const timestamp = machineTime().getTime();
  const delta = new TOTP({ secret: Secret.fromBase32(secret) }).validate({ token, timestamp, window: WINDOW });
  return delta === null ? null : Math.floor(timestamp / (PERIOD_SECONDS * 1000)) + delta;
}
