import type { MetadataRoute } from "next";
import { publication } from "@/publication";

export const dynamic = "force-static";

/** The web app has the publication's name, so that the name on a device does not mention gifts. */
export default function manifest(): MetadataRoute.Manifest {
  const { name, shortName, accent, defaultLanguage } = publication;
  return {
    name,
    short_name: shortName,
    lang: defaultLanguage,
    start_url: "/",
    display: "minimal-ui",
    theme_color: accent.light,
    background_color: "#fdfdfb",
    icons: [
      { src: "/icon-192.png", sizes: "192x192", type: "image/png" },
      { src: "/icon-512.png", sizes: "512x512", type: "image/png" },
      { src: "/icon-maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
    ],
  };
}
