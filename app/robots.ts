import type { MetadataRoute } from "next";
import { siteUrl } from "@/systems/env";

export const dynamic = "force-static";

/** A closed door is not announced here: private pages answer by sign-in or 404, and say noindex themselves. */
export default function robots(): MetadataRoute.Robots {
  return {
    rules: { userAgent: "*", allow: "/", disallow: ["/api/", "/give/start", "/thank-you"] },
    sitemap: `${siteUrl()}/sitemap.xml`,
  };
}
