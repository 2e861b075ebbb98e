// Stripe-Signature: HMAC-SHA256 over "t.body" with the whole secret, "whsec_" included.
import { createHmac } from "node:crypto";

export function signatureHeader(body: string, secret: string, seconds: number): string {
  const signature = createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex");
  return `t=${seconds},v1=${signature}`;
}
