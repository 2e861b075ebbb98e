// Starts the stand-in by itself: `npm run sandbox`.
import { startSandbox } from "./sandbox";
import { readSettings } from "./settings";

async function main(): Promise<void> {
  const options = readSettings(process.env);
  const { url, close } = await startSandbox(options);
  process.stdout.write(`stripe-sandbox listens on ${url} (state: ${options.statePath})\n`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => close().then(() => process.exit(0)));
}

main().catch((failure: unknown) => {
  const isTaken = failure instanceof Error && "code" in failure && failure.code === "EADDRINUSE";
  const hint = isTaken ? "\nThe port is taken: set STRIPE_SANDBOX_PORT to another." : "";
  process.stderr.write(`${failure instanceof Error ? failure.message : failure}${hint}\n`);
  process.exit(1);
});
