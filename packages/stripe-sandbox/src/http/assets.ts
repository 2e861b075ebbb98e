// Serves the stylesheets and scripts of the pages. Their files are read once, at start.
import { readFileSync } from "node:fs";
import type { Reply } from "./reply";

const ASSETS: Record<string, string> = {
  "/assets/control.css": "../control/control.css",
  "/assets/page.css": "../checkout-page/page.css",
  "/assets/checkout.js": "../payment-form/payment-form.js",
  "/assets/embedded.js": "../checkout-page/embedded.js",
};

const LOADED = new Map(Object.entries(ASSETS).map(([path, file]) => [path, load(file)]));

function load(file: string): Reply {
  const body = readFileSync(new URL(file, import.meta.url), "utf8");
  const type = file.endsWith(".css") ? "text/css" : "text/javascript";
  return {
    status: 200,
    headers: { "content-type": `${type}; charset=utf-8`, "x-content-type-options": "nosniff" },
    body,
  };
}

export function findAsset(path: string): Reply | null {
  return LOADED.get(path) ?? null;
}
