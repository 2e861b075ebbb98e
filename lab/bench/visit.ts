// Counts what a browser with an empty cache downloads for one article, by Chromium's own figures.
import { chromium } from "@playwright/test";

export type Visit = {
  requests: number;
  thirdParties: number;
  bytesOnWire: number;
  scriptsOnWire: number;
  scriptsRaw: number;
};

type Seen = { type: string; url: string; wire: number; raw: number };

export async function measureVisit(url: string, executablePath: string): Promise<Visit> {
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  try {
    const page = await browser.newPage();
    const devtools = await page.context().newCDPSession(page);
    const seen = new Map<string, Seen>();
    await devtools.send("Network.enable");
    devtools.on("Network.responseReceived", ({ requestId, type, response }) => {
      seen.set(requestId, { type, url: response.url, wire: 0, raw: 0 });
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
  const sum = (entries: Seen[], of: "wire" | "raw") => entries.reduce((total, entry) => total + entry[of], 0);
  const scripts = seen.filter((entry) => entry.type === "Script");
  return {
    requests: seen.length,
    thirdParties: seen.filter((entry) => new URL(entry.url).host !== host).length,
    bytesOnWire: sum(seen, "wire"),
    scriptsOnWire: sum(scripts, "wire"),
    scriptsRaw: sum(scripts, "raw"),
  };
}
