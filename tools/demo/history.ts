// Has the Stripe stand-in make up 18 months of gifts to this publication. It sends the site a signed webhook for each event, so the
// same code records the history and every later gift. Draws its own progress.
import type { Frequency } from "../../domain/giving/gift";
import { type Currency, money } from "../../domain/money";
import { currenciesOf, defaultCurrencyOf, presetAmounts } from "../../domain/publication";
import { publication } from "../../publication";
import { findAppeal, listArticles } from "../../systems/content";
import { PRODUCT_ID } from "../../systems/stripe/product";
import { progressBar } from "../run/console.mjs";
import { SUPPORTER } from "./welcome.mjs";

type Progress = { delivered: number; total: number; done?: boolean; payments?: number; failed?: number };

/** The relative number of gifts in each currency. A currency that is not listed gets DEFAULT_WEIGHT. */
const WEIGHTS: Partial<Record<Currency, number>> = { USD: 45, EUR: 35, GBP: 12 };
const DEFAULT_WEIGHT = 3;

/** A second wording of the appeal, as an experiment would have left it in the ledger. */
const OTHER_VARIANT = "b";

function profile(key: string) {
  const currencies = currenciesOf(publication);
  const supportersCurrency = currencies[1] ?? defaultCurrencyOf(publication);
  return {
    key,
    seed: `${publication.name}, made up`,
    months: 18,
    product: { id: PRODUCT_ID, name: publication.productName },
    currencies: currencies.map((currency) => ({
      currency: currency.toLowerCase(),
      weight: WEIGHTS[currency] ?? DEFAULT_WEIGHT,
      once: presets(currency, "once"),
      month: presets(currency, "monthly"),
      year: presets(currency, "yearly"),
    })),
    metadata: origins(),
    giftId: { key: "gift", prefix: "g_", hexDigits: 32 },
    oncePerMonth: 32,
    monthlyStartsPerMonth: 6,
    yearlyStartsPerMonth: 1.5,
    shares: {
      ...{ refunded: 0.008, partlyRefunded: 0.008, disputed: 0.006, disputeWon: 0.4 },
      ...{ bankDebit: 0.12, bounced: 0.08 },
      ...{ failedRenewal: 0.06, recovered: 0.7, paused: 0.015, amountChanged: 0.03 },
    },
    openAtEnd: { disputes: 1, overdueGifts: 2, pendingDebits: 1 },
    named: [
      {
        ...{ email: SUPPORTER, interval: "month" as const, currency: supportersCurrency.toLowerCase() },
        amount: presets(supportersCurrency, "monthly")[publication.preferredPreset],
        story: ["failed-renewal", "raise"] as const,
      },
    ],
  };
}

function presets(currency: Currency, frequency: Frequency): number[] {
  return presetAmounts(publication, { currency, frequency }).map((preset) => money(preset, currency).amountMinor);
}

/** Returns the possible metadata of a gift, one of which is picked at random: three for each article, one for the page /give. */
function origins(): Record<string, string>[] {
  const locale = publication.defaultLanguage;
  const { id: appeal, variant } = findAppeal(locale);
  const common = { site: publication.id, appeal, variant, locale };
  const ofArticles = listArticles().flatMap(({ id }) => [
    { ...common, article: id, placement: "banner" },
    { ...common, article: id, placement: "banner", variant: OTHER_VARIANT },
    { ...common, article: id, placement: "article" },
  ]);
  return [...ofArticles, { ...common, placement: "give" }];
}

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
  const answer = await fetch(`${standIn}/_sandbox/history`, { method: "POST", body: JSON.stringify(profile(key)) });
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
