// npm run bench -- webhooks: measures how many webhooks are durably recorded per second. The measured programs take
// turns, so that a slow minute of the machine affects all of them.
import { runStep } from "../../../tools/run/console.mjs";
import { describeMachine, formatInteger } from "../report";
import { type DeliverySpeedMeasurement, deliverEvents, summarizeDeliveryRates } from "./deliver";
import { createGiftEventBodies } from "./events";
import { type ServerSetup, startServerSetups } from "./server-setups";

const RUNS = 5;
const IN_FLIGHT = [1, 16];

type Row = { contender: ServerSetup; inFlight: number; all: DeliverySpeedMeasurement[] };

export async function benchWebhooks(): Promise<string> {
  const bodies = await runStep(
    "Single gifts, first payments and renewals at the Stripe stand-in",
    createGiftEventBodies,
  );
  const contenders = await startServerSetups();
  const rows = contenders.flatMap((contender) => IN_FLIGHT.map((inFlight): Row => ({ contender, inFlight, all: [] })));
  await runStep("Warming up", async () => {
    for (const { contender, inFlight } of rows)
      await deliverEvents(bodies, { webhookUrls: contender.webhookUrls, inFlight });
  });
  for (let run = 1; run <= RUNS; run++)
    await runStep(`Round ${run} of ${RUNS}`, async () => {
      for (const { contender, inFlight, all } of rows)
        all.push(await deliverEvents(bodies, { webhookUrls: contender.webhookUrls, inFlight }));
    });
  return formatTable(rows, bodies.length);
}

function formatTable(rows: Row[], events: number): string {
  const lines = rows.map(({ contender, inFlight, all }) => {
    const { eventsPerSecond, least, most, p99Ms } = summarizeDeliveryRates(all);
    return `| ${contender.name} | ${inFlight} | ${formatInteger(eventsPerSecond)} | ${formatInteger(least)}–${formatInteger(most)} | ${p99Ms.toFixed(1)} |`;
  });
  return `Written by \`npm run bench -- webhooks --write\` on ${describeMachine()}. Each run delivers ${events} signed events (single gifts, first payments, renewals, as the
stand-in sends them, including those that the site ignores); median of ${RUNS} runs in turn, every answer 200 after the commit, \`synchronous=FULL\`
and PostgreSQL with fsync. The site does everything that the ledger does; the work after the answer (mail, queries to Stripe) is switched off. (c) has settings
that forbid requests to Stripe.

| | in flight | events/s | least–most | p99 ms |
|---|---|---|---|---|
${lines.join("\n")}`;
}
