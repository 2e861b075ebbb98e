// Builds the Stripe-Signature header: HMAC-SHA256 over "t.body" with the whole secret, including "whsec_". After a
// secret is replaced, the old one also signs for a while. In test mode, a fake v0 is added as at Stripe, so that tests
// notice a receiver that accepts v0.
import { createHmac } from "node:crypto";

export function signatureHeader(
  body: string,
  secrets: string | string[],
  { seconds, isTest = false }: { seconds: number; isTest?: boolean },
) {
  const signed = [secrets].flat().map((secret) => `v1=${hmac(secret, `${seconds}.${body}`)}`);
  const fake = isTest ? [`v0=${hmac("fake", `${seconds}.${body}`)}`] : [];
  return [`t=${seconds}`, ...signed, ...fake].join(",");
}

function hmac(key: string, text: string): string {
  return createHmac("sha256", key).update(text).digest("hex");
}
