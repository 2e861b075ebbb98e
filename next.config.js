// The build stores these headers (routes-manifest.json), so nothing here may depend on the settings of the running
// server.
import { CHECKOUT_ORIGIN, DEFAULT_HEADERS, readerContentSecurityPolicy } from "./systems/http/headers.mjs";

const standInPolicy = [
  {
    key: "Content-Security-Policy",
    value: readerContentSecurityPolicy(`${CHECKOUT_ORIGIN} http://127.0.0.1:* http://localhost:*`),
  },
];

/**
 * The header of responses that are the same for every reader and seldom change. If the site is down, a cache may show
 * them for another day.
 */
const PUBLIC = "public, max-age=60, s-maxage=300, stale-while-revalidate=86400, stale-if-error=86400";
/**
 * The header of pages whose changes readers see within a minute: 30 + 10 s in a shared cache and 5 + 10 s in the
 * browser. This holds even if the cache sends browsers no Age header.
 */
const LIVE = "public, max-age=5, s-maxage=30, stale-while-revalidate=10, stale-if-error=86400";
const LANGUAGE = "/:language([a-z]{2}|[a-z]{2}-[A-Z]{2})";
const PICTURES = "public, max-age=86400, stale-while-revalidate=604800";
/**
 * The header of pages that no cache may store. Next sends the same value itself, so a forbidden page and a missing page
 * have the same headers.
 */
const PRIVATE = "private, no-cache, no-store, max-age=0, must-revalidate";

const cacheControl = (/** @type {string} */ value) => [{ key: "Cache-Control", value }];

/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  // Turns off Next's image service, which no page uses. If it were on, anybody could make the site resize pictures.
  images: { unoptimized: true },
  serverExternalPackages: [
    "better-sqlite3",
    "@prisma/adapter-better-sqlite3",
    "@prisma/adapter-pg",
    "pg",
    "nodemailer",
    "pdfkit",
    "pino",
  ],
  experimental: { proxyClientMaxBodySize: "128kb" },
  async headers() {
    return [
      { source: "/:path*", headers: DEFAULT_HEADERS },
      ...(process.env.NODE_ENV === "development" ? [{ source: "/:path*", headers: standInPolicy }] : []),
      // No cache may store a page, except the pages named below. This rule skips paths with a dot, which belong to
      // files.
      { source: "/:page((?!_next/)[^.]*)", headers: cacheControl(PRIVATE) },
      { source: "/about-your-gift", headers: cacheControl(LIVE) },
      { source: "/income", headers: cacheControl(PUBLIC) },
      { source: "/", headers: cacheControl(LIVE) },
      { source: "/quiet", headers: cacheControl(LIVE) },
      { source: "/banner-manners", headers: cacheControl(LIVE) },
      { source: LANGUAGE, headers: cacheControl(LIVE) },
      { source: `${LANGUAGE}/quiet`, headers: cacheControl(LIVE) },
      { source: `${LANGUAGE}/banner-manners`, headers: cacheControl(LIVE) },
      { source: `${LANGUAGE}/feed.xml`, headers: cacheControl(LIVE) },
      { source: `${LANGUAGE}/about-your-gift`, headers: cacheControl(LIVE) },
      { source: `${LANGUAGE}/income`, headers: cacheControl(PUBLIC) },
      { source: "/articles/:slug", headers: cacheControl(LIVE) },
      // The preview of an article is the only response that our own pages are allowed to show in a frame.
      { source: "/newsroom/appeals/:id/preview/article", headers: [{ key: "X-Frame-Options", value: "SAMEORIGIN" }] },
      { source: "/:file(feed\\.xml|sitemap\\.xml)", headers: cacheControl(LIVE) },
      { source: "/:file(robots\\.txt|manifest\\.webmanifest)", headers: cacheControl(PUBLIC) },
      { source: "/:folder(pictures|cards)/:name*", headers: cacheControl(PICTURES) },
    ];
  },
};
