// Has the Stripe stand-in make up 18 months of gifts to this publication. It sends the site a signed webhook for each event, so the
// same code records the history and every later gift. Draws its own progress.
import { progressBar } from "../run/console.mjs";
import { profileOf } from "./profile";

type Progress = { delivered: number; total: number; done?: boolean; payments?: number; failed?: number };

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
    body: JSON.stringify(profileOf(key, process.argv[2])),
  });
  if (!answer.ok || !answer.body)
    throw new Error(`The demo history: the stand-in answered ${answer.status}: ${await answer.text()}`);
  const draw = progressBar();
  let last: Progress = { delivered: 0, total: 0 };
  for await (last of lines(answer.body))
    draw(last.delivered, last.total, `${last.delivered} of ${last.total} webhooks`);
  if (!last.done || last.delivered !== last.total)
    throw new Error(`The demo history: interrupted: ${JSON.stringify(last)}`);
  console.log(`  ${last.payments} payments recorded`);
}

await main();
