// Delivers webhooks over kept-alive connections, with a fixed number of requests in flight.
import { Agent, request } from "node:http";
import Stripe from "stripe";
import { median, percentile } from "../statistics";
import { copyEventForRun } from "./events";
import { WEBHOOK_SECRET } from "./server-setups";

export type DeliverySpeedMeasurement = { eventsPerSecond: number; p99Ms: number };

let runs = 0;

/**
 * Sends the events once and measures the rate. Each call adds its own suffix to all Stripe ids and e-mail addresses, so
 * that the site records new payments. Throws if a response is not 200.
 */
export async function deliverEvents(
  bodies: string[],
  { webhookUrls, inFlight }: { webhookUrls: string[]; inFlight: number },
): Promise<DeliverySpeedMeasurement> {
  const run = `n${(runs++).toString(36)}`;
  const now = new Date();
  const signed = bodies.map((body, index) => {
    const payload = copyEventForRun(body, { run, now });
    const url = webhookUrls[index % webhookUrls.length] ?? "";
    return { url, payload, signature: Stripe.webhooks.generateTestHeaderString({ payload, secret: WEBHOOK_SECRET }) };
  });
  const agent = new Agent({ keepAlive: true, maxSockets: inFlight });
  const queue = signed.values();
  const tookMs: number[] = [];
  const worker = async () => {
    for (const each of queue) tookMs.push(await send({ ...each, agent }));
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: inFlight }, worker));
  const seconds = (performance.now() - startedAt) / 1000;
  agent.destroy();
  return { eventsPerSecond: bodies.length / seconds, p99Ms: percentile(tookMs, 0.99) };
}

export function summarizeDeliveryRates(all: DeliverySpeedMeasurement[]) {
  const rates = all.map((each) => each.eventsPerSecond);
  return {
    eventsPerSecond: median(rates),
    least: Math.min(...rates),
    most: Math.max(...rates),
    p99Ms: median(all.map((each) => each.p99Ms)),
  };
}

type SignedWebhook = { url: string; payload: string; signature: string; agent: Agent };

function send({ url, payload, signature, agent }: SignedWebhook): Promise<number> {
  const headers = {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(payload),
    "stripe-signature": signature,
  };
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const call = request(url, { method: "POST", agent, headers }, (response) => {
      response.resume();
      response.on("end", () => {
        if (response.statusCode === 200) resolve(performance.now() - startedAt);
        else reject(new Error(`${url} answered ${response.statusCode}`));
      });
    });
    call.on("error", reject);
    call.end(payload);
  });
}
