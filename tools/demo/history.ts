// Makes the Stripe stand-in invent 18 months of gifts to this publication, and waits until the site has recorded them.
import { progressBar } from "../run/console.mjs";
import { demoHistoryProfile } from "./profile";
import { remainingTimeEstimator } from "./remaining-time";
import { waitUntilFollowUpsAnswered } from "./wait-for-follow-ups";

/**
 * One line of the Stripe stand-in's response. The first lines report the number of generated days, the next ones the
 * number of delivered webhooks, and the last line the totals.
 */
type Progress =
  | { day: number; days: number }
  | { delivered: number; total: number; done?: boolean; payments?: number; failed?: number };

async function* lines(body: ReadableStream<Uint8Array>): AsyncGenerator<Progress> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of body) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = parts.pop() ?? "";
    for (const line of parts) if (line) yield JSON.parse(line);
  }
}

async function main(): Promise<void> {
  const { STRIPE_API_BASE: standIn, STRIPE_SECRET_KEY: key } = process.env;
  if (!standIn || !key) throw new Error("The demo history: STRIPE_API_BASE and STRIPE_SECRET_KEY are needed");
  const answer = await fetch(`${standIn}/_sandbox/history`, {
    method: "POST",
    body: JSON.stringify(demoHistoryProfile(key, process.argv[2])),
  });
  if (!answer.ok || !answer.body)
    throw new Error(`The demo history: the stand-in answered ${answer.status}: ${await answer.text()}`);
  const [made, sent] = [progress("days generated"), progress("webhooks")];
  let last: Progress = { delivered: 0, total: 0 };
  for await (last of lines(answer.body))
    if ("days" in last) made(last.day, last.days);
    else sent(last.delivered, last.total);
  if ("days" in last || !last.done || last.delivered !== last.total)
    throw new Error(`The demo history: interrupted: ${JSON.stringify(last)}`);
  console.log(`  ${last.payments} payments recorded`);
  const answered = progress("questions to Stripe answered");
  let most = 0;
  await waitUntilFollowUpsAnswered((left) => {
    most = Math.max(most, left);
    if (most > 0) answered(most - left, most);
  });
}

function progress(things: string): (done: number, total: number) => void {
  const showProgress = progressBar();
  const remaining = remainingTimeEstimator();
  return (done, total) => {
    const rest = remaining(done, total);
    showProgress(done, total, `${done} of ${total} ${things}${rest ? `, ${rest}` : ""}`);
  };
}

await main();
