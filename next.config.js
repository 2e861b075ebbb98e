// How Next serves, and what its answers carry. Baked into the build (routes-manifest.json), so nothing here may depend on the
// settings of the start.
import { CHECKOUT, EVERYWHERE, readerPolicy } from "./tools/run/headers.mjs";

/** In development the gift form may lead to a stand-in; in production tools/run/serve.ts says so where the settings name one. */
const standInPolicy = [
  {
    key: "Content-Security-Policy",
    value: readerPolicy(`${CHECKOUT} http://127.0.0.1:* http://localhost:*`),
  },
];

/** The same for every reader: any cache may keep it, and show it a day longer while the site is away. */
const PUBLIC = "public, max-age=60, s-maxage=300, stale-while-revalidate=86400, stale-if-error=86400";
const PICTURES = "public, max-age=86400, stale-while-revalidate=604800";
/** In Next's own words, so that a page one may not see and a page that is not there answer alike. */
const PRIVATE = "private, no-cache, no-store, max-age=0, must-revalidate";

const kept = (/** @type {string} */ value) => [{ key: "Cache-Control", value }];

/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  // No page uses Next's picture service, and left open it draws any picture anew for whoever asks.
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
  // Our largest form is below a kilobyte; what is longer is not read on its way to the door that refuses it.
  experimental: { proxyClientMaxBodySize: "16kb" },
  async headers() {
    return [
      { source: "/:path*", headers: EVERYWHERE },
      ...(process.env.NODE_ENV === "development" ? [{ source: "/:path*", headers: standInPolicy }] : []),
      // No page is kept anywhere unless it is named below; a dot marks a file.
      { source: "/:page((?!_next/)[^.]*)", headers: kept(PRIVATE) },
      { source: "/", headers: kept(PUBLIC) },
      { source: "/:page(about-your-gift)", headers: kept(PUBLIC) },
      { source: "/articles/:slug", headers: kept(PUBLIC) },
      { source: "/:file(feed\\.xml|sitemap\\.xml|robots\\.txt)", headers: kept(PUBLIC) },
      { source: "/:folder(pictures|cards)/:name*", headers: kept(PICTURES) },
    ];
  },
};
