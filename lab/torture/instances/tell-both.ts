// Tells two servers of each event at the same moment, as a balancer and a retry of Stripe's may.
import { setTimeout as delay } from "node:timers/promises";
import type Stripe from "stripe";
import { signed } from "../deliveries";
import { inTurns } from "../in-turns";
import { SECRET } from "../site-settings";
import type { Instance } from "./instance";

/** Events; as many again at the other server. */
const AT_ONCE = 8;
const AGAIN_MS = 200;
const TIMES = 300;

/** How often each status was answered; 0: nobody answered, and the event came again. */
export type Answers = Map<number, number>;

export async function tellBoth(events: Stripe.Event[], both: Instance[]): Promise<Answers> {
  const answers: Answers = new Map();
  const tellUntilAnswered = async (address: string, event: Stripe.Event) => {
    for (let times = 0; times < TIMES; times += 1) {
      const status = await tell(address, event);
      answers.set(status, (answers.get(status) ?? 0) + 1);
      if (status !== 0) return;
      await delay(AGAIN_MS);
    }
  };
  await inTurns(events, (event) => Promise.all(both.map(({ address }) => tellUntilAnswered(address, event))), AT_ONCE);
  return answers;
}

/** As cells of a table tell it. */
export function inWords(answers: Answers): string {
  return [...answers].map(([status, times]) => `${times} × ${status || "nobody there"}`).join(", ");
}

async function tell(address: string, event: Stripe.Event): Promise<number> {
  const body = JSON.stringify(event);
  const headers = { "content-type": "application/json", "stripe-signature": signed(body, SECRET) };
  try {
    const response = await fetch(`${address}/api/stripe/webhook`, { method: "POST", body, headers });
    await response.text();
    return response.status;
  } catch {
    return 0;
  }
}
