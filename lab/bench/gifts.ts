// Measures POST /give/start on the built site with all its limits. The Stripe stand-in takes 150 ms for each Checkout.
// Each gift comes from another reader, with a form and an IP network of its own.
import { Agent, request } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { ensureBuilt } from "../../tools/build/compile.mjs";
import { runStep } from "../../tools/run/console.mjs";
import { findFreePorts } from "../../tools/run/ports.mjs";
import { startChild, waitUntilHealthy } from "../../tools/run/processes.mjs";
import { describeMachine } from "./report";
import { median, percentile } from "./statistics";

const STRIPE_MS = 150;
const runs = 5;
const giftsPerRun = 110;
/**
 * The number of gifts that warm up the site before the measured runs. These gifts and all runs together are fewer than
 * 600 gifts. After 600 gifts in ten minutes, the site makes readers wait.
 */
const warmUpGifts = 40;
const inFlight = 16;
/**
 * How long to wait before a form is sent. The site delays its response to a form that is sent within a second after it
 * was rendered (systems/giving/form-token.ts).
 */
const MIN_FORM_AGE_MS = 1_100;
const timeoutMs = 60_000;

type Run = { giftsPerSecond: number; medianMs: number; p99Ms: number };

let readers = 0;

export async function runGiftStartBenchmark(): Promise<string> {
  await runStep("Production build", () => ensureBuilt());
  const { site, stripe } = await runStep("Starting the site on an empty ledger", startStack);
  await slowDown(stripe);
  await runStep("Warming up", () => run({ site, stripe, gifts: warmUpGifts }));
  const all: Run[] = [];
  for (let round = 1; round <= runs; round++)
    await runStep(`Round ${round} of ${runs}`, async () => {
      all.push(await run({ site, stripe, gifts: giftsPerRun }));
    });
  return describe(all);
}

async function startStack() {
  const [port, stripe, mail, smtp] = await findFreePorts(4, 13_300);
  const env = { PORT: `${port}`, STRIPE_SANDBOX_PORT: `${stripe}`, MAIL_PORT: `${mail}`, MAIL_SMTP_PORT: `${smtp}` };
  const stack = startChild("stack", ["tools/test/start-stack.mjs", "bench"], { env });
  const site = `http://127.0.0.1:${port}`;
  await waitUntilHealthy(stack, `${site}/api/health`, { timeoutMs });
  return { site, stripe: `http://127.0.0.1:${stripe}` };
}

async function slowDown(stripe: string): Promise<void> {
  const fault = { does: "slow", ms: STRIPE_MS, method: "POST", path: "/v1/checkout/*", when: "before" };
  const answer = await fetch(`${stripe}/_sandbox/call-faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(fault),
  });
  if (!answer.ok) throw new Error(`the stand-in did not accept the delay: ${answer.status} ${await answer.text()}`);
}

async function run({ site, stripe, gifts }: { site: string; stripe: string; gifts: number }): Promise<Run> {
  const forms = await Promise.all(Array.from({ length: gifts }, () => newForm(site)));
  await delay(MIN_FORM_AGE_MS);
  const agent = new Agent({ keepAlive: true, maxSockets: inFlight });
  const queue = forms.values();
  const tookMs: number[] = [];
  const worker = async () => {
    for (const form of queue) tookMs.push(await start({ site, stripe, form, agent }));
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: inFlight }, worker));
  const giftsPerSecond = (gifts * 1_000) / (performance.now() - startedAt);
  agent.destroy();
  return { giftsPerSecond, medianMs: median(tookMs), p99Ms: percentile(tookMs, 0.99) };
}

async function newForm(site: string): Promise<string> {
  return (await fetch(`${site}/give/token`)).text();
}

type Start = { site: string; stripe: string; form: string; agent: Agent };

/**
 * Starts a gift and returns how long the site took, in milliseconds. Rejects any response other than the redirect to
 * Checkout: the site refuses faster than it starts a gift, so refusals would falsify the measurement.
 */
function start({ site, stripe, form, agent }: Start): Promise<number> {
  const reader = readers++;
  const fields = { every: "once", currency: "USD", "preset-usd-once": "custom", custom: "25", form };
  const body = new URLSearchParams(fields).toString();
  const headers = {
    "content-type": "application/x-www-form-urlencoded",
    "content-length": Buffer.byteLength(body),
    "sec-fetch-site": "same-origin",
    "x-forwarded-for": `10.${reader >> 8}.${reader & 255}.1`,
  };
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const call = request(`${site}/give/start`, { method: "POST", agent, headers }, (response) => {
      response.resume();
      response.on("end", () => {
        const { statusCode, headers: got } = response;
        if (statusCode === 303 && got.location?.startsWith(stripe)) resolve(performance.now() - startedAt);
        else reject(new Error(`/give/start answered ${statusCode} with location ${got.location}`));
      });
    });
    call.on("error", reject);
    call.end(body);
  });
}

function describe(all: Run[]): string {
  const rates = all.map(({ giftsPerSecond }) => giftsPerSecond);
  const row = [
    median(rates).toFixed(0),
    `${Math.min(...rates).toFixed(0)}–${Math.max(...rates).toFixed(0)}`,
    median(all.map(({ medianMs }) => medianMs)).toFixed(0),
    median(all.map(({ p99Ms }) => p99Ms)).toFixed(0),
  ];
  return `Written by \`npm run bench -- gifts --write\` on ${describeMachine()}: \`POST /give/start\` until the redirect to Checkout, ${inFlight} in flight, with all
limits. Each of the gifts has its own form and network. The stand-in, on the same machine, waits ${STRIPE_MS} ms before it opens each Checkout. Median of ${runs} runs of ${giftsPerRun} gifts. If neither side did
any work, a run would reach ${Math.floor((inFlight * 1_000) / STRIPE_MS)} gifts/s.

| gifts/s | least–most | median ms | p99 ms |
|---|---|---|---|
| ${row.join(" | ")} |`;
}
