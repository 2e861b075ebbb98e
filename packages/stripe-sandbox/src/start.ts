import { createRestartableServer } from "./http/restartable-server";
import { openSandbox, registerEndpointFromSettings } from "./open-sandbox";
import { handleAllDueObjects } from "./payment-flows/handle-due-objects";
import type { Sandbox, SandboxOptions } from "./sandbox";
import { openStore } from "./store";
import { openStripeCliEventServer } from "./stripe-cli/listen-server";
import { openWebhookSender } from "./webhooks/sender";

export type { Sandbox, SandboxOptions } from "./sandbox";

export type StartedSandbox = {
  url: string;
  /** Direct access to the stand-in, for tests that advance time or read the database. */
  sandbox: Sandbox;
  /** Waits until no clock is advancing, then closes all connections and the database. */
  close(): Promise<void>;
};

const SWEEP_EVERY_MS = 1_000;

export async function startSandbox(options: SandboxOptions = {}): Promise<StartedSandbox> {
  const { port = 0, statePath = ":memory:", retryBaseMs = 1_000, tries = 16, timeoutMs, nowMs } = options;
  const store = openStore(statePath);
  const sender = openWebhookSender(store, { baseMs: retryBaseMs, tries, timeoutMs, nowMs });
  const listeners = openStripeCliEventServer(store);
  const sandbox = openSandbox(
    { store, sender, listeners, sweepClocks, refuseConnectionsFor },
    { ...options, statePath },
  );
  const front = createRestartableServer(sandbox, listeners.upgrade);
  sandbox.baseUrl = await front.listen(port);
  registerEndpointFromSettings(sandbox, options.endpoint);
  const sweep = setInterval(sweepClocks, SWEEP_EVERY_MS);
  sender.wake();

  function sweepClocks(): void {
    if (!sandbox.isClosing) void handleAllDueObjects(sandbox);
  }

  function refuseConnectionsFor(ms: number): void {
    front.refuseConnectionsFor(ms);
  }

  async function close(): Promise<void> {
    clearInterval(sweep);
    sandbox.isClosing = true;
    front.cancelRestart();
    await Promise.all(sandbox.advancing.values());
    sender.close();
    listeners.close();
    await front.close();
    store.close();
  }
  return { url: sandbox.baseUrl, sandbox, close };
}
