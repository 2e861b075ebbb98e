#!/usr/bin/env node
// Runs src/ in a checkout of the repository, and the compiled dist/ in an installed package.
import { existsSync } from "node:fs";

const source = new URL("../src/main.ts", import.meta.url);
const compiled = new URL("../dist/main.js", import.meta.url);
const isCheckout = existsSync(source);
if (isCheckout) {
  const { register } = await import("tsx/esm/api");
  register();
}
await import((isCheckout ? source : compiled).href);
