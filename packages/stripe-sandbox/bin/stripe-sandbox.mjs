#!/usr/bin/env node
// Starts the stand-in from src/ if it is there (a checkout), else from the compiled dist/ (an installed package).
import { existsSync } from "node:fs";

const source = new URL("../src/main.ts", import.meta.url);
const compiled = new URL("../dist/main.js", import.meta.url);
const isCheckout = existsSync(source);
if (isCheckout) {
  const { register } = await import("tsx/esm/api");
  register();
}
await import((isCheckout ? source : compiled).href);
