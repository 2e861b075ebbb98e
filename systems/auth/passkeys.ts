// Passkeys (WebAuthn) need JavaScript, and a site with a host name.
import "server-only";
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { z } from "zod";
import { acceptShownPasskey } from "../../domain/newsroom/staff/factor";
import { findPasskey, insertPasskey, listPasskeys } from "../../domain/newsroom/staff/store/passkeys";
import { publication } from "../../publication";
import { currentTime } from "../clock";
import type { Db } from "../database";
import { consumeSecondFactorAttempt } from "./code-limits";
import {
  type ColleagueSession,
  type FactorCheckResult,
  hasFreshSecondFactor,
  recordAcceptedSecondFactorInAuditLog,
  recordRefusedSecondFactorInAuditLog,
} from "./factor-acts";
import {
  isSiteHostNotIpAddress,
  newPasskeyChallenge,
  PASSKEY_CHALLENGE_LIFETIME_MS,
  passkeyVerificationOptions,
  siteHostName,
} from "./passkey-challenge";
import { queueMailAboutSecondFactor } from "./queue-factor-mail";
import { findMaskedColleagueAddress, recordActInAuditLog } from "./staff";

export const MAX_PASSKEYS = 10;

/**
 * Returns the options for adding a passkey. Null if the site has no host name or the colleague already has
 * MAX_PASSKEYS.
 */
export async function passkeyCreationOptions(
  db: Db,
  { colleague, session }: ColleagueSession,
): Promise<PublicKeyCredentialCreationOptionsJSON | null> {
  const passkeys = await listPasskeys(db, colleague.id);
  if (!isSiteHostNotIpAddress() || passkeys.length >= MAX_PASSKEYS) return null;
  return generateRegistrationOptions({
    rpName: publication.name,
    rpID: siteHostName(),
    userName: await findMaskedColleagueAddress(db, colleague.id),
    userID: new TextEncoder().encode(colleague.id),
    challenge: newPasskeyChallenge("add a passkey", session.idHash),
    timeout: PASSKEY_CHALLENGE_LIFETIME_MS,
    attestationType: "none",
    excludeCredentials: passkeys.map(({ id }) => ({ id })),
    authenticatorSelection: { residentKey: "preferred", userVerification: "preferred" },
  });
}

/** Returns the options for asking for a passkey. Null if the site has no host name or the colleague has no passkey. */
export async function passkeyRequestOptions(
  db: Db,
  { colleague, session }: ColleagueSession,
): Promise<PublicKeyCredentialRequestOptionsJSON | null> {
  const passkeys = await listPasskeys(db, colleague.id);
  if (!isSiteHostNotIpAddress() || passkeys.length === 0) return null;
  return generateAuthenticationOptions({
    rpID: siteHostName(),
    challenge: newPasskeyChallenge("show a passkey", session.idHash),
    timeout: PASSKEY_CHALLENGE_LIFETIME_MS,
    allowCredentials: passkeys.map(({ id, transports }) => ({ id, transports: transportsOf(transports) })),
    userVerification: "preferred",
  });
}

/**
 * Stores a new passkey. `responseJson`: the browser's response, as JSON. Returns false if the response is invalid, or
 * if the colleague already has MAX_PASSKEYS passkeys. Call it only after requireFreshSecondFactor().
 */
export async function addPasskey(
  db: Db,
  { colleague, session }: ColleagueSession,
  responseJson: string,
): Promise<boolean> {
  const credential = await readNewPasskey(session.idHash, responseJson);
  if (!credential || (await listPasskeys(db, colleague.id)).length >= MAX_PASSKEYS) return false;
  const { id, publicKey, counter, transports = [] } = credential;
  await db.$transaction(async (tx) => {
    if (await findPasskey(tx, id)) return;
    const key = { publicKey: Buffer.from(publicKey).toString("base64url"), counter, transports: transports.join(",") };
    await insertPasskey(tx, { id, staffId: colleague.id, ...key, addedAt: currentTime(), usedAt: null });
    await recordActInAuditLog(tx, { colleague, kind: "passkey-added", about: `staff:${colleague.id}` });
    await queueMailAboutSecondFactor(tx, colleague.id, { news: "passkey-added" });
  });
  return true;
}

/**
 * Accepts one of the colleague's passkeys as the session's second factor. `responseJson`: the browser's response. Each
 * call is an attempt that the rate limit counts.
 */
export async function tryPasskeyAsSecondFactor(
  db: Db,
  { colleague, session }: ColleagueSession,
  responseJson: string,
): Promise<FactorCheckResult> {
  if (!(await consumeSecondFactorAttempt(db, colleague.id, "passkey"))) return "too-often";
  const now = currentTime();
  const shown = await readShownPasskey(db, { colleague, session }, responseJson);
  const isAccepted =
    shown !== null &&
    ((await takePasskey(db, { colleague, session }, { ...shown, now })) || hasFreshSecondFactor(session, now));
  return isAccepted ? "shown" : recordRefusedSecondFactorInAuditLog(db, { colleague }, "passkey");
}

function takePasskey(
  db: Db,
  { colleague, session }: ColleagueSession,
  shown: { id: string; counter: number; now: Date },
): Promise<boolean> {
  return db.$transaction(async (tx) => {
    const isFirst = await acceptShownPasskey(tx, { staffId: colleague.id, sessionIdHash: session.idHash, ...shown });
    if (isFirst) await recordAcceptedSecondFactorInAuditLog(tx, { colleague, session }, "passkey");
    return isFirst;
  });
}

async function readNewPasskey(idHash: string, responseJson: string) {
  const response = parseResponse<RegistrationResponseJSON>(responseJson);
  if (!response) return null;
  try {
    const options = { response, ...passkeyVerificationOptions("add a passkey", idHash) };
    const { verified, registrationInfo } = await verifyRegistrationResponse(options);
    return verified ? registrationInfo.credential : null;
  } catch {
    // The library throws if the response does not match. That is the sender's mistake, not a failure of the site.
    return null;
  }
}

/**
 * Returns the passkey that the browser showed; null if it is not one of the colleague's. Does not compare the passkey's
 * counter with the stored one; acceptShownPasskey() does this. After a double click, the second request has the same
 * counter as the first, and must not be refused here.
 */
async function readShownPasskey(db: Db, { colleague, session }: ColleagueSession, responseJson: string) {
  const response = parseResponse<AuthenticationResponseJSON>(responseJson);
  const passkey = response && (await findPasskey(db, response.id));
  if (!response || passkey?.staffId !== colleague.id) return null;
  const { id } = passkey;
  const publicKey = new Uint8Array(Buffer.from(passkey.publicKey, "base64url"));
  try {
    const options = {
      response,
      ...passkeyVerificationOptions("show a passkey", session.idHash),
      credential: { id, publicKey, counter: 0 },
    };
    const { verified, authenticationInfo } = await verifyAuthenticationResponse(options);
    return verified ? { id, counter: authenticationInfo.newCounter } : null;
  } catch {
    return null;
  }
}

const responseShape = z.looseObject({
  id: z.string(),
  rawId: z.string(),
  response: z.looseObject({}),
  type: z.string(),
});

/** Checks only the outer shape of the response; the library checks the rest. */
function parseResponse<Response>(responseJson: string): Response | null {
  try {
    return responseShape.parse(JSON.parse(responseJson)) as Response;
  } catch {
    return null;
  }
}

function transportsOf(text: string) {
  return z.array(z.enum(["ble", "cable", "hybrid", "internal", "nfc", "smart-card", "usb"])).safeParse(text.split(","))
    .data;
}
