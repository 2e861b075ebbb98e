// A flash message tells the next page the result of a form. It is an encrypted cookie, valid for one page, one session
// and two minutes. In a URL, it could be forged, and a typed e-mail address would get into logs.
import "server-only";
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { cookies, headers } from "next/headers";
import { CLOCK_TOLERANCE_MS } from "../domain/clock-tolerance";
import { cookieSettings, sessionCookieSettings } from "./auth/session";
import { currentTime } from "./clock";
import { env } from "./env";
import { FLASH_MESSAGE_HEADER, flashMessageCookieName } from "./flash-message-name";

/**
 * The values of a flash message. Check them after reading, because an older version of the site could have written the
 * cookie.
 */
export type FlashMessage = Record<string, unknown>;

const LASTS_MS = 2 * 60 * 1000;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Returns the Set-Cookie header of a flash message. The message can be read only in the same session. If nobody is
 * signed in when it is set, it can be read only while nobody is signed in.
 */
export async function flashMessageCookie(path: string, says: FlashMessage): Promise<{ "Set-Cookie": string }> {
  const until = currentTime().getTime() + LASTS_MS;
  const value = seal(JSON.stringify({ until, says }), await boundTo(path));
  const { name, options } = cookieSettings(flashMessageCookieName(path));
  const attributes = [`Path=${options.path}`, `Max-Age=${LASTS_MS / 1000}`, "HttpOnly", "SameSite=Lax"];
  return { "Set-Cookie": [`${name}=${value}`, ...attributes, ...(options.secure ? ["Secure"] : [])].join("; ") };
}

/** Returns the flash message of the page. Null if it is missing, too old, forged, or of another page or session. */
export async function readFlashMessage(path: string): Promise<FlashMessage | null> {
  const value = (await headers()).get(FLASH_MESSAGE_HEADER);
  const text = value ? open(value, await boundTo(path)) : null;
  if (text === null) return null;
  const { until, says } = JSON.parse(text) as { until: number; says: FlashMessage };
  const leftMs = until - currentTime().getTime();
  return leftMs > 0 && leftMs <= LASTS_MS + CLOCK_TOLERANCE_MS ? says : null;
}

async function boundTo(path: string): Promise<Buffer> {
  const session = (await cookies()).get(sessionCookieSettings().name)?.value ?? "";
  return Buffer.from(JSON.stringify([path, session]));
}

function seal(text: string, bound: Buffer): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", flashMessageKey(), nonce).setAAD(bound);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url");
}

function open(value: string, bound: Buffer): string | null {
  const bytes = Buffer.from(value, "base64url");
  if (bytes.length <= NONCE_BYTES + TAG_BYTES) return null;
  try {
    const decipher = createDecipheriv("aes-256-gcm", flashMessageKey(), bytes.subarray(0, NONCE_BYTES)).setAAD(bound);
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString("utf8");
  } catch {
    // The cookie was changed, encrypted with another key, or made for another page or session.
    return null;
  }
}

function flashMessageKey(): Buffer {
  return Buffer.from(hkdfSync("sha256", env().NEXTAUTH_SECRET, "appeal", "note", 32));
}
