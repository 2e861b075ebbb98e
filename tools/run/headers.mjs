// Headers of every answer of the site, sent by Next (next.config.js) or by our own server before it (systems/fast-path/server). They
// are part of the build, so they must not depend on settings that are read at start.

/** Reader pages run one script of ours and nothing inline. Pages of the App Router get their own policy, with a nonce, from proxy.ts. */
export const readerPolicy = (/** @type {string} */ paymentHosts) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    // Chromium applies this list to the redirect after a POST too, and a 303 redirects the gift form to Checkout.
    `form-action 'self' ${paymentHosts}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");

export const CHECKOUT = "https://checkout.stripe.com";

export const EVERYWHERE = [
  { key: "Content-Security-Policy", value: readerPolicy(CHECKOUT) },
  { key: "Strict-Transport-Security", value: "max-age=63072000" },
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "no-referrer" },
  {
    key: "Permissions-Policy",
    value: "camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), usb=()",
  },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
];
