// Measures a visit to a page with an empty cache.
import { chromium } from "@playwright/test";
import { copyPage } from "./page-copy";

export const RESOURCE_KINDS = ["HTML", "JavaScript", "Styles", "Fonts", "Pictures", "Other"] as const;
type Kind = (typeof RESOURCE_KINDS)[number];

/**
 * `transferredBytes`: the bytes that Chromium received, including headers. `htmlGzipBytes`, `scriptsGzipBytes`: the
 * size after compression with gzip, without headers.
 */
export type VisitMeasurement = {
  requests: number;
  thirdParties: number;
  cookies: number;
  transferredBytes: Record<Kind, number>;
  htmlGzipBytes: number;
  scriptsGzipBytes: number;
};

type Seen = { kind: Kind; url: string; transferredBytes: number };

const KIND_OF: Record<string, Kind> = {
  Document: "HTML",
  Script: "JavaScript",
  Stylesheet: "Styles",
  Font: "Fonts",
  Image: "Pictures",
};

/** The screen of a phone of 2026. */
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 3, isMobile: true, hasTouch: true };

export async function measureVisit(url: string, executablePath: string): Promise<VisitMeasurement> {
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  try {
    const page = await browser.newPage(PHONE);
    const devtools = await page.context().newCDPSession(page);
    const seen = new Map<string, Seen>();
    await devtools.send("Network.enable");
    devtools.on("Network.responseReceived", ({ requestId, type, response }) => {
      seen.set(requestId, { kind: KIND_OF[type] ?? "Other", url: response.url, transferredBytes: 0 });
    });
    devtools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      const entry = seen.get(requestId);
      if (entry) entry.transferredBytes = encodedDataLength;
    });
    await page.goto(url, { waitUntil: "networkidle" });
    const cookies = await page.context().cookies();
    return { ...(await summary([...seen.values()], new URL(url).host)), cookies: cookies.length };
  } finally {
    await browser.close();
  }
}

async function summary(seen: Seen[], host: string): Promise<Omit<VisitMeasurement, "cookies">> {
  const all = (kind: Kind) => seen.filter((entry) => entry.kind === kind);
  const wire = RESOURCE_KINDS.map((kind) => [
    kind,
    all(kind).reduce((total, entry) => total + entry.transferredBytes, 0),
  ]);
  return {
    requests: seen.length,
    thirdParties: seen.filter((entry) => new URL(entry.url).host !== host).length,
    transferredBytes: Object.fromEntries(wire) as Record<Kind, number>,
    htmlGzipBytes: await gzipped(all("HTML")),
    scriptsGzipBytes: await gzipped(all("JavaScript")),
  };
}

async function gzipped(seen: Seen[]): Promise<number> {
  const copies = await Promise.all(seen.map(({ url }) => copyPage(url, "gzip")));
  return copies.reduce((sum, { body }) => sum + body.length, 0);
}
