// Gives every App Router page a content policy with a nonce of its own; Next reads the nonce off the request's header.
// No lock: rights are checked in every page. Reader pages are static and carry next.config.js's policy without passing here.
import { type NextRequest, NextResponse } from "next/server";

export const config = {
  matcher: [
    "/((?!_next/|api/|articles/|pictures/|about-your-gift$|give$|give/|thank-you$|.*\\.(?:js|xml|txt|ico|png|jpg|webp|svg)$).+)",
  ],
};

export function proxy(request: NextRequest): NextResponse {
  const policy = policyWith(freshNonce());
  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  return response;
}

function freshNonce(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
}

function policyWith(nonce: string): string {
  // React's development build compiles with eval, and its overlay writes styles inline.
  const dev = process.env.NODE_ENV === "development";
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'${dev ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' ${dev ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
