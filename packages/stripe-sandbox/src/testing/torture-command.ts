// `npm run torture -- --rounds N`: kills the stand-in N times, and checks its database after each kill. Stops at the
// first damage.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type ConfirmedField, countPaidIntents, findDamageInStateFile, killSandboxUnderLoad } from "./torture";

const MAX_ANSWERS = 60;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { rounds: { type: "string", default: "50" } } });
  const rounds = Number(values.rounds);
  const folder = mkdtempSync(join(tmpdir(), "stripe-sandbox-torture-"));
  const statePath = join(folder, "stripe.db");
  const promised: ConfirmedField[] = [];
  let broken: string[] = [];
  for (let round = 1; round <= rounds && broken.length === 0; round += 1) {
    promised.push(...(await killSandboxUnderLoad(statePath, 1 + Math.floor(Math.random() * MAX_ANSWERS))));
    broken = findDamageInStateFile(statePath, promised);
    process.stdout.write(
      `round ${round}: ${countPaidIntents(statePath)} payments, ${promised.length} promises, ${broken.length} damaged\n`,
    );
  }
  for (const line of broken) process.stderr.write(`${line}\n`);
  if (broken.length > 0) process.exitCode = 1;
  else rmSync(folder, { recursive: true });
}

await main();
