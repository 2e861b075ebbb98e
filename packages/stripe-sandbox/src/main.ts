import { parseCommand } from "./settings";
import { startSandbox } from "./start";

async function main(): Promise<void> {
  const command = parseCommand(process.argv.slice(2), process.env);
  if (command.kind === "help") {
    process.stdout.write(command.text);
    return;
  }
  const { url, close } = await startSandbox(command.options);
  process.stdout.write(`stripe-sandbox listens on ${url} (state: ${command.options.statePath})\n`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => close().then(() => process.exit(0)));
}

main().catch((failure: unknown) => {
  const isTaken = failure instanceof Error && "code" in failure && failure.code === "EADDRINUSE";
  const hint = isTaken ? "\nThe port is taken: choose another with STRIPE_SANDBOX_PORT or --port." : "";
  process.stderr.write(`${failure instanceof Error ? failure.message : failure}${hint}\n`);
  process.exit(1);
});
