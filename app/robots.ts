import type { MetadataRoute } from "next";
import { siteUrl } from "@/systems/env";

export const dynamic = "force-static";

/** The file does not list the pages of supporters and staff, because the list would reveal their URLs. */
export default function robots(): MetadataRoute.Robots {
  return {
    rules: { userAgent: "*", allow: "/", disallow: ["/api/", "/give/start", "/thank-you"] },
    sitemap: `${siteUrl()}/sitemap.xml`,
  };
}
