// The webhook's handler as one file that Node can load beside Next: the same source as the route that Next builds of it.
import { join } from "node:path";
import { ROOT } from "./root.mjs";

export const WEBHOOK_DOOR = join(ROOT, ".next/webhook-door.mjs");

export async function buildWebhookDoor() {
  // Not at the head: the commands that read this file also start where nothing is installed yet.
  const { build } = await import("esbuild");
  await build({
    absWorkingDir: ROOT,
    entryPoints: ["pages/api/stripe/webhook.ts"],
    outfile: WEBHOOK_DOOR,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    // Next's guard against client imports has nothing to guard here, and would refuse.
    alias: { "server-only": join(ROOT, "node_modules/server-only/empty.js") },
    logLevel: "warning",
  });
}
