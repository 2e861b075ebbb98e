// A note that one answer leaves for the next page: what became of the button, or the address that was typed. It travels in a cookie
// that only this site can read or make, is good for one page of one session and for two minutes, and is taken back with the answer
// that shows it (proxy.ts). So a made-up link claims nothing, and neither an address bar nor a log holds an address.
import "server-only";
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { cookies, headers } from "next/headers";
import { cookieNamed, sessionCookie } from "./auth/session";
import { currentTime } from "./clock";
import { env } from "./env";
import { NOTE_HEADER, noteNameOf } from "./note-name";

/** Whoever reads one checks its values: it may have been left by the version before a deploy. */
export type Note = Record<string, unknown>;

const LASTS_MS = 2 * 60 * 1000;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The header that leaves `says` for the page at `path`. Only for this session, and for one without a session likewise. */
export async function noteFor(path: string, says: Note): Promise<{ "Set-Cookie": string }> {
  const until = currentTime().getTime() + LASTS_MS;
  const value = seal(JSON.stringify({ until, says }), await boundTo(path));
  const { name, options } = cookieNamed(noteNameOf(path));
  const attributes = [`Path=${options.path}`, `Max-Age=${LASTS_MS / 1000}`, "HttpOnly", "SameSite=Lax"];
  return { "Set-Cookie": [`${name}=${value}`, ...attributes, ...(options.secure ? ["Secure"] : [])].join("; ") };
}

/** What was left for the page at `path`; null where nothing was, it is too old, or it is none of ours. */
export async function readNote(path: string): Promise<Note | null> {
  const value = (await headers()).get(NOTE_HEADER);
  const text = value ? open(value, await boundTo(path)) : null;
  if (text === null) return null;
  const { until, says } = JSON.parse(text) as { until: number; says: Note };
  const leftMs = until - currentTime().getTime();
  return leftMs > 0 && leftMs <= LASTS_MS ? says : null;
}

async function boundTo(path: string): Promise<Buffer> {
  const session = (await cookies()).get(sessionCookie().name)?.value ?? "";
  return Buffer.from(JSON.stringify([path, session]));
}

function seal(text: string, bound: Buffer): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", noteKey(), nonce).setAAD(bound);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url");
}

function open(value: string, bound: Buffer): string | null {
  const bytes = Buffer.from(value, "base64url");
  if (bytes.length <= NONCE_BYTES + TAG_BYTES) return null;
  try {
    const decipher = createDecipheriv("aes-256-gcm", noteKey(), bytes.subarray(0, NONCE_BYTES)).setAAD(bound);
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString("utf8");
  } catch {
    // Changed, made with another key, or for another page or session: nothing was left here.
    return null;
  }
}

function noteKey(): Buffer {
  return Buffer.from(hkdfSync("sha256", env().NEXTAUTH_SECRET, "appeal", "note", 32));
}
