// Serves stripe.js with the stand-in's URL written into it. The script cannot take the URL from its own address: a test
// can load it from https://js.stripe.com and redirect that request to the stand-in.
import { readFileSync } from "node:fs";
import type { Reply } from "../http/reply";

const SOURCE = readFileSync(new URL("stripe.js", import.meta.url), "utf8");

export function stripeJsReply(path: string, baseUrl: string): Reply | null {
  if (!/^(\/[a-z0-9]+)?\/stripe\.js$/.test(path)) return null;
  const headers = {
    "content-type": "text/javascript; charset=utf-8",
    "access-control-allow-origin": "*",
    "x-content-type-options": "nosniff",
  };
  return { status: 200, headers, body: SOURCE.replaceAll("__STRIPE_SANDBOX__", baseUrl) };
}
