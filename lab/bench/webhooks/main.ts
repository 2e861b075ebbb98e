// npm run bench -- webhooks: how many webhooks a second are recorded durably, from the signature to the commit, beside what does
// less and what does the like. The contenders take turns, so that a slow minute of the machine falls on all of them alike.
import { step } from "../../../tools/run/console.mjs";
import { machine, whole } from "../report";
import { type Contender, startContenders } from "./contenders";
import { type Delivered, deliver, medianOf } from "./deliver";
import { makeEvents } from "./events";

const RUNS = 5;
const IN_FLIGHT = [1, 16];

type Row = { contender: Contender; inFlight: number; all: Delivered[] };

export async function benchWebhooks(): Promise<string> {
  const bodies = await step("Single gifts, first payments and renewals at the Stripe stand-in", makeEvents);
  const contenders = await startContenders();
  const rows = contenders.flatMap((contender) => IN_FLIGHT.map((inFlight): Row => ({ contender, inFlight, all: [] })));
  await step("Warming up", async () => {
    for (const { contender, inFlight } of rows) await deliver(bodies, { urls: contender.urls, inFlight });
  });
  for (let run = 1; run <= RUNS; run++)
    await step(`Round ${run} of ${RUNS}`, async () => {
      for (const { contender, inFlight, all } of rows)
        all.push(await deliver(bodies, { urls: contender.urls, inFlight }));
    });
  return tableOf(rows, bodies.length);
}

function tableOf(rows: Row[], events: number): string {
  const lines = rows.map(({ contender, inFlight, all }) => {
    const { eventsPerSecond, least, most, p99Ms } = medianOf(all);
    return `| ${contender.name} | ${inFlight} | ${whole(eventsPerSecond)} | ${whole(least)}–${whole(most)} | ${p99Ms.toFixed(1)} |`;
  });
  return `Written by \`npm run bench -- webhooks --write\` on ${machine()}. Each run delivers ${events} signed events (single gifts, first payments, renewals, as the
stand-in sends them, with those that are of no use to the site); median of ${RUNS} runs in turn, every answer 200 after the commit, \`synchronous=FULL\`
and PostgreSQL with fsync. The site does all that the ledger does; what follows the answer (mail, questions to Stripe) rests meanwhile. (c) is told to
ask Stripe nothing.

| | in flight | events/s | least–most | p99 ms |
|---|---|---|---|---|
${lines.join("\n")}`;
}
