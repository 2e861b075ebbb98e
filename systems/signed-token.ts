// Tokens that we hand out and take back: signed, dated, and good for one purpose only. Nothing of them is stored.
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

type Signing = {
  /** What it is for: a token of one purpose is worth nothing for another. */
  purpose: string;
  secret: string;
  /** What it is bound to and does not say itself. */
  boundTo?: string;
};

export type SignedToken = { id: string; at: Date };

/** `at`: the moment that it tells, such as when it was made. */
export function signToken({
  at,
  id = randomBytes(16).toString("hex"),
  ...signing
}: Signing & { at: Date; id?: string }) {
  const told = `${at.getTime().toString(36)}.${id}`;
  return `${told}.${seal(told, signing)}`;
}

/** Null where it is not ours, is for something else, or was changed. */
export function readToken(text: string, signing: Signing): SignedToken | null {
  const [, told = "", at = "", id = "", given = ""] =
    /^(([0-9a-z]{1,10})\.([0-9a-f]{32}))\.([\w-]{43})$/.exec(text) ?? [];
  if (!told || !timingSafeEqual(Buffer.from(given), Buffer.from(seal(told, signing)))) return null;
  return { id, at: new Date(Number.parseInt(at, 36)) };
}

function seal(told: string, { purpose, secret, boundTo = "" }: Signing): string {
  return createHmac("sha256", secret)
    .update(JSON.stringify([purpose, told, boundTo]))
    .digest("base64url");
}
