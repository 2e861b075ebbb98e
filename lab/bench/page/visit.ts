// Counts what a browser with an empty cache downloads for one article, by Chromium's own figures.
import { chromium } from "@playwright/test";

export const KINDS = ["HTML", "JavaScript", "Styles", "Fonts", "Pictures", "Other"] as const;
type Kind = (typeof KINDS)[number];

/** `wire`: bytes as they came, headers included. */
export type Visit = { requests: number; thirdParties: number; wire: Record<Kind, number>; scriptsRaw: number };

type Seen = { kind: Kind; url: string; wire: number; raw: number };

const KIND_OF: Record<string, Kind> = {
  Document: "HTML",
  Script: "JavaScript",
  Stylesheet: "Styles",
  Font: "Fonts",
  Image: "Pictures",
};

/** The width and pixel density of a telephone of 2026. */
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 3, isMobile: true, hasTouch: true };

export async function measureVisit(url: string, executablePath: string): Promise<Visit> {
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  try {
    const page = await browser.newPage(PHONE);
    const devtools = await page.context().newCDPSession(page);
    const seen = new Map<string, Seen>();
    await devtools.send("Network.enable");
    devtools.on("Network.responseReceived", ({ requestId, type, response }) => {
      seen.set(requestId, { kind: KIND_OF[type] ?? "Other", url: response.url, wire: 0, raw: 0 });
    });
    devtools.on("Network.dataReceived", ({ requestId, dataLength }) => {
      const entry = seen.get(requestId);
      if (entry) entry.raw += dataLength;
    });
    devtools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      const entry = seen.get(requestId);
      if (entry) entry.wire = encodedDataLength;
    });
    await page.goto(url, { waitUntil: "networkidle" });
    return summary([...seen.values()], new URL(url).host);
  } finally {
    await browser.close();
  }
}

function summary(seen: Seen[], host: string): Visit {
  const sum = (kind: Kind, of: "wire" | "raw") =>
    seen.filter((entry) => entry.kind === kind).reduce((total, entry) => total + entry[of], 0);
  return {
    requests: seen.length,
    thirdParties: seen.filter((entry) => new URL(entry.url).host !== host).length,
    wire: Object.fromEntries(KINDS.map((kind) => [kind, sum(kind, "wire")])) as Record<Kind, number>,
    scriptsRaw: sum("JavaScript", "raw"),
  };
}
