// The headers of the site's responses. The build reads DEFAULT_HEADERS (next.config.js), so they must not depend on
// settings of the running server.
import { CRITICAL_STYLES_CSP_HASH, INLINE_SCRIPT_CSP_HASH } from "./inlined.mjs";

export const readerContentSecurityPolicy = (/** @type {string} */ paymentHosts) =>
  [
    "default-src 'none'",
    `script-src 'self' ${INLINE_SCRIPT_CSP_HASH}`.trim(),
    `style-src 'self' ${CRITICAL_STYLES_CSP_HASH}`.trim(),
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    // Chromium also applies this list to the redirect after a POST: a 303 sends the gift form on to Checkout.
    `form-action 'self' ${paymentHosts}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");

export const CHECKOUT_ORIGIN = "https://checkout.stripe.com";

/**
 * Returns the headers of the payment page, the only page that loads Stripe's script. They replace the headers of the
 * same names in DEFAULT_HEADERS. Stripe lists the origins to allow at
 * docs.stripe.com/security/guide#content-security-policy. `standIn`: the origin of a Stripe stand-in; if it is set, the
 * headers allow it instead of Stripe.
 */
export function paymentPageHeaders(/** @type {string | undefined} */ standIn) {
  const origins = {
    script: standIn ?? "https://js.stripe.com https://*.js.stripe.com",
    frame: standIn ?? `https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com ${CHECKOUT_ORIGIN}`,
    connect: standIn ?? `https://api.stripe.com ${CHECKOUT_ORIGIN}`,
    image: standIn ?? "https://*.stripe.com",
    payer: standIn ?? CHECKOUT_ORIGIN,
  };
  const policy = readerContentSecurityPolicy(origins.payer)
    .replace("script-src 'self'", `script-src 'self' ${origins.script}`)
    .replace("connect-src 'self'", `connect-src 'self' ${origins.connect}; frame-src ${origins.frame}`)
    .replace("img-src 'self'", `img-src 'self' ${origins.image}`);
  const payers = standIn ? [standIn] : ["https://js.stripe.com", CHECKOUT_ORIGIN];
  const permissions = PERMISSIONS.replace(
    "payment=()",
    `payment=(self ${payers.map((each) => `"${each}"`).join(" ")})`,
  );
  return [
    { key: "Content-Security-Policy", value: policy },
    { key: "Permissions-Policy", value: permissions },
    // A bank or a wallet can open a separate window and send its answer from there.
    { key: "Cross-Origin-Opener-Policy", value: "same-origin-allow-popups" },
  ];
}

const PERMISSIONS = "camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), usb=()";

export const DEFAULT_HEADERS = [
  { key: "Content-Security-Policy", value: readerContentSecurityPolicy(CHECKOUT_ORIGIN) },
  { key: "Strict-Transport-Security", value: "max-age=63072000" },
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "no-referrer" },
  { key: "Permissions-Policy", value: PERMISSIONS },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
];

/**
 * The headers of scripts, styles, fonts and pictures, instead of DEFAULT_HEADERS. The headers that are missing here
 * apply only to documents; without them an article with its files is 2 KB smaller. An SVG picture counts as a document,
 * so it keeps DEFAULT_HEADERS.
 */
export const SUBRESOURCE_HEADERS = [
  { key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'" },
  ...DEFAULT_HEADERS.filter(({ key }) =>
    ["Strict-Transport-Security", "X-Content-Type-Options", "Referrer-Policy"].includes(key),
  ),
];
