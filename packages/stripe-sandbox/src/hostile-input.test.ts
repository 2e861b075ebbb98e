import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { seededRandom } from "./history/random";
import type { ParamReader, ParamShape } from "./http/params";
import { ROUTES } from "./routes/all-routes";
import { everyNthUnlessFullRun } from "./testing/scope";
import {
  CONFIRM_WITHOUT_REDIRECT_PARAMS,
  monthlyGiftParams,
  oneTimeGiftParams,
  openTestSandbox,
  stripeClientFor,
  type TestSandbox,
} from "./testing/test-sandbox";

const KEY = "sk_test_hostile";
/** One number for each round: how many of every ten optional parameters a call sends on average. */
const ROUNDS = everyNthUnlessFullRun(3, [2, 1, 3, 7, 4, 10]);

let bench: TestSandbox;
beforeAll(async () => {
  bench = await openTestSandbox();
});
afterAll(() => bench.close());

/** Creates the objects to which the ids in paths and parameters refer. Returns their ids. */
async function createObjects(): Promise<string[]> {
  const stripe = stripeClientFor(bench.url, KEY);
  const { id: customer } = await stripe.customers.create({ email: "reader@example.org" });
  const { id: method } = await stripe.paymentMethods.attach("pm_card_visa", { customer });
  const { id: product } = await stripe.products.create({ name: "Fund" });
  const { id: price } = await stripe.prices.create({
    product,
    currency: "usd",
    unit_amount: 500,
    recurring: { interval: "month" },
  });
  const subscription = await stripe.subscriptions.create({
    customer,
    items: [{ price }],
    default_payment_method: method,
  });
  const sum = { amount: 900, currency: "usd", customer, payment_method: method };
  const paid = await stripe.paymentIntents.create({ ...sum, ...CONFIRM_WITHOUT_REDIRECT_PARAMS });
  const held = await stripe.paymentIntents.create({
    ...sum,
    ...CONFIRM_WITHOUT_REDIRECT_PARAMS,
    capture_method: "manual",
  });
  const setup = await stripe.setupIntents.create({ customer });
  const sessions = [oneTimeGiftParams(), monthlyGiftParams()].map((gift) => stripe.checkout.sessions.create(gift));
  const item = await stripe.invoiceItems.create({ customer, amount: 300, currency: "usd" });
  const draft = await stripe.invoices.create({ customer, pending_invoice_items_behavior: "include" });
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: 1_800_000_000 });
  const coupon = await stripe.coupons.create({ percent_off: 10 });
  const objects = [paid, held, setup, subscription, item, draft, clock, coupon, ...(await Promise.all(sessions))];
  const charge = String(paid.latest_charge);
  return [
    customer,
    method,
    product,
    price,
    charge,
    subscription.items.data[0]?.id ?? "",
    ...objects.map(({ id }) => id),
  ];
}

const PREFIXES = Object.entries({
  subscriptions: "sub_",
  subscription_items: "si_",
  invoices: "in_",
  invoiceitems: "ii_",
  payment_intents: "pi_",
  setup_intents: "seti_",
  payment_methods: "pm_",
  charges: "ch_",
  sessions: "cs_",
  customers: "cus_",
  prices: "price_",
  products: "prod_",
  test_clocks: "clock_",
  payment_pages: "cs_",
});

const HOSTILE = [
  "",
  "0",
  "-1",
  "1.5",
  "1e9",
  "99999999999999999999",
  "true",
  "null",
  "now",
  "usd",
  "eur",
  "card",
  "month",
  "{}",
  "[]",
  "__proto__",
  "constructor",
  "'; DROP TABLE objects; --",
  "%00",
  "\u0000\ud800",
  "💸".repeat(50),
  "x".repeat(6_000),
  "1700000000",
  "http://127.0.0.1:9/a",
  "reader@example.org",
];

type Dealer = {
  /**
   * How many of every ten optional parameters a call sends on average. A call with few parameters gets through more
   * checks before it is refused.
   */
  sentOfTen: number;
  dice: (sides: number) => number;
  ids: string[];
};

function valueFrom({ dice, ids }: Dealer): string {
  const words = dice(2) === 0 ? ids : HOSTILE;
  return words[dice(words.length)] ?? "";
}

function valueFor(dealer: Dealer, reader: ParamReader<unknown>): string {
  const tries = [...wordsOf(reader), ...Array.from({ length: 30 }, () => valueFrom(dealer))];
  const taken = tries.find((value) => value !== "" && takes(reader, value));
  return dealer.dice(10) === 0 ? valueFrom(dealer) : (taken ?? valueFrom(dealer));
}

function wordsOf(reader: ParamReader<unknown>): string[] {
  return (
    / one of (.+)/
      .exec(refusalOf(reader, "x") ?? "")?.[1]
      ?.split(/,? or |, /)
      .reverse() ?? []
  );
}

function refusalOf(reader: ParamReader<unknown>, value: string | undefined): string | null {
  try {
    reader.read(value, "x");
    return null;
  } catch (refusal) {
    return refusal instanceof Error ? refusal.message : "";
  }
}

function takes(reader: ParamReader<unknown>, value: string | undefined): boolean {
  return refusalOf(reader, value) === null;
}

function pairsFrom(dealer: Dealer, shape: ParamShape, at = ""): [string, string][] {
  const { dice } = dealer;
  return Object.entries(shape).flatMap(([name, reader]): [string, string][] => {
    const isRequired = !takes(reader, undefined);
    if (reader.isUnsupported || (!isRequired && dice(10) >= dealer.sentOfTen)) return [];
    const path = at === "" ? name : `${at}[${name === "*" ? "usd" : name}]`;
    const refusal = refusalOf(reader, "x") ?? "";
    const isList = refusal === "Invalid array";
    if (reader.inner && dice(8) > 0) return pairsFrom(dealer, reader.inner, isList ? `${path}[0]` : path);
    const right = isList ? "[0]" : refusal.startsWith("Invalid metadata") ? "[a]" : "";
    const wrong = ["[]", "[0]", "[a][b]", "[0][0]"][dice(24)] ?? right;
    return [[`${path}${wrong}`, valueFor(dealer, reader)]];
  });
}

function idFor(dealer: Dealer, path: string): string {
  const prefix = PREFIXES.find(([resource]) => path.includes(`/${resource}`))?.[1];
  const fitting = dealer.ids.filter((id) => prefix && id.startsWith(prefix));
  if (dealer.dice(10) > 0 && fitting.length > 0) return fitting[dealer.dice(fitting.length)] ?? "";
  return (
    valueFrom(dealer)
      .slice(0, 200)
      .replaceAll(/[\ud800-\udfff]/g, "x") || "x"
  );
}

async function callWith(dealer: Dealer, route: (typeof ROUTES)[number]): Promise<string | null> {
  const path = route.path.replaceAll(/:\w+/g, () => encodeURIComponent(idFor(dealer, route.path)));
  const pairs = pairsFrom(dealer, route.shape);
  if (dealer.dice(40) === 0) pairs.push(["colour[__proto__]", "red"]);
  const form = new URLSearchParams(pairs);
  const isPost = route.method === "POST";
  const response = await fetch(`${bench.url}${path}${isPost ? "" : `?${form}`}`, {
    method: route.method,
    headers: { authorization: `Bearer ${KEY}` },
    ...(isPost ? { body: form } : {}),
  });
  const body = (await response.json()) as { error?: { message?: unknown } };
  const isExplained = response.status === 200 || typeof body.error?.message === "string";
  return response.status === 500 || !isExplained ? `${response.status} ${route.method} ${path} ${form}` : null;
}

test("every endpoint answers hostile input with 200 or an error message, and never with 500", async () => {
  const stderr = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const chance = seededRandom("hostile");
  const dealer = { dice: (sides: number) => Math.floor(chance.next() * sides), ids: await createObjects() };
  const broken: string[] = [];
  for (const sentOfTen of ROUNDS)
    for (const route of ROUTES) {
      const problem = await callWith({ ...dealer, sentOfTen }, route);
      if (problem) broken.push(problem);
    }
  const traces = stderr.mock.calls.map(([text]) => String(text)).filter((text) => text.startsWith("500"));
  stderr.mockRestore();
  expect([...broken, ...traces]).toEqual([]);
  const { id } = await stripeClientFor(bench.url, KEY).customers.create({ name: "Still there" });
  expect(await stripeClientFor(bench.url, KEY).customers.retrieve(id)).toMatchObject({ name: "Still there" });
});
