#!/usr/bin/env node
// Starts the stand-in for Stripe from src/ if that folder exists (in a checkout of the repository). In an installed package,
// starts the compiled dist/.
import { existsSync } from "node:fs";

const source = new URL("../src/main.ts", import.meta.url);
const compiled = new URL("../dist/main.js", import.meta.url);
const isCheckout = existsSync(source);
if (isCheckout) {
  const { register } = await import("tsx/esm/api");
  register();
}
await import((isCheckout ? source : compiled).href);
