import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Stripe from "stripe";
import { startSandbox } from "../start";
import { type ConformanceCallResult, runConformance } from "./run";

export async function runConformanceOnNewSandbox(): Promise<ConformanceCallResult[]> {
  const folder = mkdtempSync(join(tmpdir(), "stripe-conformance-"));
  const started = await startSandbox({ port: 0, statePath: join(folder, "stripe.db"), retryBaseMs: 1_000 });
  const { hostname: host, port } = new URL(started.url);
  const key = "sk_test_conformance";
  const stripe = new Stripe(key, { host, port, protocol: "http", telemetry: false, maxNetworkRetries: 0 });
  try {
    return await runConformance(stripe);
  } finally {
    await started.close();
    rmSync(folder, { recursive: true });
  }
}
