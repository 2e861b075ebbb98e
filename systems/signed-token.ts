import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

type Signing = {
  /** A token is valid only for this purpose. */
  purpose: string;
  secret: string | Buffer;
  /** Text that the signature covers but the token does not contain. */
  boundTo?: string;
};

export type SignedTokenContent = { id: string; at: Date };

/**
 * Returns a signed token that contains a time and an id. `at`: for example, the time of its creation. `id`: 8 to 128
 * letters, digits, `_` or `-`.
 */
export function signToken({
  at,
  id = randomBytes(16).toString("hex"),
  ...signing
}: Signing & { at: Date; id?: string }) {
  const payload = `${at.getTime().toString(36)}.${id}`;
  return `${payload}.${macOf(payload, signing)}`;
}

/**
 * Returns the time and id of a token. Returns null if the token is forged or was changed, or if it was signed for
 * another `purpose` or `boundTo`.
 */
export function parseSignedToken(text: string, signing: Signing): SignedTokenContent | null {
  const [, payload = "", at = "", id = "", mac = ""] =
    /^(([0-9a-z]{1,10})\.([\w-]{8,128}))\.([\w-]{43})$/.exec(text) ?? [];
  if (!payload || !timingSafeEqual(Buffer.from(mac), Buffer.from(macOf(payload, signing)))) return null;
  return { id, at: new Date(Number.parseInt(at, 36)) };
}

function macOf(payload: string, { purpose, secret, boundTo = "" }: Signing): string {
  return createHmac("sha256", secret)
    .update(JSON.stringify([purpose, payload, boundTo]))
    .digest("base64url");
}
