// Delivers all events over HTTP to a site that is killed again and again. Then compares the site's ledger with Stripe's
// objects.
import { openDatabase } from "../../systems/database";
import { startTestMailServer } from "../../systems/mail/mail-server-for-tests";
import { migrate } from "../../tools/database/migrate.mjs";
import { queueCardExpiryMailsAndCompareLedger } from "./compare";
import { planDeliveries, type WebhookDeliveryToSend } from "./deliveries";
import { countMailsById, findLostMails, findMailMismatchesOfFailedRefunds } from "./mails";
import { ledgerLinesExpectedFromStripe } from "./oracle";
import { seededRandom } from "./seeded-random";
import {
  CONCURRENT_DELIVERIES,
  openRepeatedlyKilledSite,
  type ProcessDeathCounts,
  type RepeatedlyKilledSite,
} from "./site";
import { siteSettingsFor, WEBHOOK_SECRET } from "./site-settings";
import { STRIPE_KEY, type TortureWorld } from "./torture-world";
import { hastenAndAwaitJobs } from "./wait-for-jobs";
import { withConcurrency } from "./with-concurrency";

const ANSWER_TIMEOUT_MS = 15_000;

type Phases = { playingOut: number; delivering: number; settling: number; comparing: number };
export type TortureSeedResult = {
  seed: number;
  phases: Phases;
  events: number;
  deliveries: number;
  /** The number of deliveries that were sent again, because the site did not respond, or responded with 500 or 503. */
  repeated: number;
  forged: number;
  deaths: ProcessDeathCounts;
  payments: number;
  duplicateMails: number;
  differences: string[];
};

export type TortureSeedOptions = { seed: number; deliveries: number; kills: number; port: number; ledgerPath: string };

export async function runTorture(
  world: TortureWorld,
  terms: TortureSeedOptions & { playingSeconds: number; onAnswer: () => void },
): Promise<TortureSeedResult> {
  const random = seededRandom(terms.seed);
  const databaseUrl = `file:${terms.ledgerPath}`;
  await migrate(databaseUrl);
  const inbox = await startTestMailServer();
  const settings = {
    ...siteSettingsFor({ stripeKey: STRIPE_KEY, stripeUrl: world.url, databaseUrl }),
    SMTP_URL: inbox.url,
  };
  const spacing = Math.max(1, Math.floor(terms.deliveries / Math.max(1, terms.kills)));
  const site = await openRepeatedlyKilledSite({ ...terms, settings, spacing, random });
  const deliveries = planDeliveries(world.events, { count: terms.deliveries, random, secret: WEBHOOK_SECRET });
  const lap = startLapTimer();
  const { repeated, wrong } = await deliverAll(deliveries, { site, onAnswer: terms.onAnswer });
  const delivering = lap();
  site.stopKilling();
  const db = await openDatabase(databaseUrl);
  await site.untilReady();
  const left = await hastenAndAwaitJobs(db);
  await site.close();
  const settling = lap();
  const differences = [
    ...wrong,
    ...left,
    ...(await queueCardExpiryMailsAndCompareLedger(db, {
      stripeBooks: await ledgerLinesExpectedFromStripe(world.stripe),
      stripe: world.stripe,
    })),
  ];
  const mails = countMailsById(inbox.mails);
  const payments = await db.payment.count({ where: { status: "succeeded" } });
  differences.push(...(await findLostMails(db, mails)), ...(await findMailMismatchesOfFailedRefunds(db)));
  if (site.deaths["by itself"])
    differences.push(`the site exited without being killed ${site.deaths["by itself"]} times`);
  await Promise.all([db.$disconnect(), inbox.close()]);
  return {
    seed: terms.seed,
    phases: { playingOut: terms.playingSeconds, delivering, settling, comparing: lap() },
    events: world.events.length,
    deliveries: deliveries.length + repeated,
    repeated,
    forged: deliveries.filter(({ kind }) => kind === "forged").length,
    deaths: site.deaths,
    payments,
    duplicateMails: [...mails.values()].reduce((sum, times) => sum + times - 1, 0),
    differences,
  };
}

export function startLapTimer(): () => number {
  let since = performance.now();
  return () => {
    const seconds = Math.round((performance.now() - since) / 1000);
    since = performance.now();
    return seconds;
  };
}

async function deliverAll(
  deliveries: WebhookDeliveryToSend[],
  { site, onAnswer }: { site: RepeatedlyKilledSite; onAnswer: () => void },
) {
  const wrong: string[] = [];
  const rest = [...deliveries];
  let repeated = 0;
  while (rest.length > 0) {
    await withConcurrency(
      rest.splice(0),
      async (delivery) => {
        const status = await post(delivery, site);
        if (status === null || status === 500 || status === 503) {
          repeated += 1;
          rest.push(delivery);
          return;
        }
        if ((status === 400) !== (delivery.kind === "forged")) wrong.push(`${delivery.kind}: answered ${status}`);
        onAnswer();
        site.countAnswer();
      },
      CONCURRENT_DELIVERIES,
    );
  }
  return { wrong, repeated };
}

/** Sends a delivery. Returns the response's status, or null if the site did not respond in time. */
async function post({ payload, sign }: WebhookDeliveryToSend, site: RepeatedlyKilledSite): Promise<number | null> {
  await site.untilReady();
  const signature = sign();
  try {
    const response = await fetch(`${site.baseUrl}/api/stripe/webhook`, {
      method: "POST",
      body: payload,
      headers: { "content-type": "application/json", ...(signature === null ? {} : { "stripe-signature": signature }) },
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    });
    await response.text();
    return response.status;
  } catch {
    return null;
  }
}
