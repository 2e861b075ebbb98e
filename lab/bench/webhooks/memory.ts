// npm run bench -- memory: measures the server's memory after many webhooks. `--events N` sets their number, by default
// 20,000.
import { readFileSync } from "node:fs";
import { progressBar, runStep } from "../../../tools/run/console.mjs";
import { findFreePorts } from "../../../tools/run/ports.mjs";
import { describeMachine, formatInteger } from "../report";
import { deliverEvents } from "./deliver";
import { createGiftEventBodies } from "./events";
import { buildAndStartSites } from "./server-setups";

const IN_FLIGHT = 16;
const POINTS = 10;
const DEFAULT_EVENTS = 20_000;

export async function benchWebhookMemory(): Promise<string> {
  const events = Number(process.argv[process.argv.indexOf("--events") + 1]) || DEFAULT_EVENTS;
  const bodies = await runStep(
    "Single gifts, first payments and renewals at the Stripe stand-in",
    createGiftEventBodies,
  );
  const [port = 0] = await findFreePorts(1, 14_200);
  const { webhookUrls, children } = await buildAndStartSites([port], "memory");
  const showProgress = progressBar();
  const seen: { events: number; megabytes: number }[] = [];
  let sent = 0;
  while (sent < events) {
    await deliverEvents(bodies, { webhookUrls, inFlight: IN_FLIGHT });
    sent += bodies.length;
    showProgress(sent, events, `${sent} events`);
    if (sent >= ((seen.length + 1) * events) / POINTS)
      seen.push({ events: sent, megabytes: residentMegabytes(children[0]?.pid) });
  }
  const rows = seen.map((each) => `| ${formatInteger(each.events)} | ${formatInteger(each.megabytes)} |`);
  return `Written by \`npm run bench -- memory --events ${events} --write\` on ${describeMachine()}: the resident memory of the site's process after that
many webhooks, ${IN_FLIGHT} in flight, each with all of the ledger's work.

| events | MB |
|---|---|
${rows.join("\n")}`;
}

function residentMegabytes(pid: number | undefined): number {
  const pages = Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]);
  return (pages * 4096) / 2 ** 20;
}
