#!/usr/bin/env node
// Starts the stand-in: the compiled one of an installed package, or the sources of a checkout.
import { existsSync } from "node:fs";

const source = new URL("../src/main.ts", import.meta.url);
if (existsSync(source)) {
  const { register } = await import("tsx/esm/api");
  register();
  await import(source.href);
} else {
  await import("../dist/main.js");
}
