import type { MetadataRoute } from "next";
import { siteUrl } from "@/systems/env";

export const dynamic = "force-static";

/** The private pages are not listed, because a list would reveal them. */
export default function robots(): MetadataRoute.Robots {
  return {
    rules: { userAgent: "*", allow: "/", disallow: ["/api/", "/give/start", "/thank-you"] },
    sitemap: `${siteUrl()}/sitemap.xml`,
  };
}
