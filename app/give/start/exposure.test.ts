// Follows what a gift says about its experiment: from the form through Checkout to the payment, and back again after a rebuild from Stripe.
import { type Bench, fillIn, openBench } from "stripe-sandbox/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { defaultCurrencyOf, type Publication } from "../../../domain/publication";
import { emptyLedger } from "../../../prisma/empty-ledger";
import { publication as ours } from "../../../publication";
import { checkBooks } from "../../../systems/books-check";
import type { Db } from "../../../systems/database";
import { newFormToken } from "../../../systems/giving/form-token";
import { setLedger } from "../../../systems/testing/runtime";
import { settingsFor } from "../../../systems/testing/stripes-books";
import { takeEvents } from "../../../systems/testing/take-events";
import { POST } from "./route";

const publication: Publication = ours;
const currency = defaultCurrencyOf(publication);
const EXPOSURE = "x_00000001.hold-out.20780";
const COLUMNS = { experiment: "x_00000001", arm: "hold-out", exposedOn: 20_780 };
let bench: Bench;
let db: Db;
let rebuilt: Db;

beforeAll(async () => {
  bench = await openBench();
  Object.assign(process.env, settingsFor(bench));
  [db, rebuilt] = await Promise.all([emptyLedger(), emptyLedger()]);
  setLedger(db);
  await give("once", EXPOSURE);
  await give("month", EXPOSURE);
  await give("once", "x_00000001.b<script>.1");
  await takeEvents(db, (await bench.stripe.events.list({ limit: 100 })).data);
  await checkBooks(rebuilt, { mode: "repair", graceMs: 0 });
});
afterAll(async () => {
  await Promise.all([db.$disconnect(), rebuilt.$disconnect()]);
  await bench.close();
});

async function send(fields: Record<string, string>): Promise<string> {
  const body = new URLSearchParams({ form: newFormToken(new Date(Date.now() - 2_000)), currency, ...fields });
  const headers = { "sec-fetch-site": "same-origin" };
  const request = new Request("http://127.0.0.1:3000/give/start", { method: "POST", body, headers });
  return (await POST(request, { params: Promise.resolve({}) })).headers.get("location") ?? "";
}

async function give(every: string, exposure: string): Promise<void> {
  const amount = String(publication.currencies[currency]?.presets.once[0]);
  const page = await send({ every, amount, exposure });
  const id = /cs_test_\w+/.exec(page)?.[0] ?? "";
  await fillIn(await bench.stripe.checkout.sessions.retrieve(id));
}

test("single and recurring payments record the experiment's arm and day, and a made-up exposure is ignored", async () => {
  for (const ledger of [db, rebuilt]) {
    const payments = await ledger.payment.findMany({ orderBy: [{ frequency: "asc" }, { experiment: "asc" }] });
    expect(payments.map(({ frequency }) => frequency)).toEqual(["monthly", "once", "once"]);
    expect(payments.filter(({ experiment }) => experiment === null)).toMatchObject([{ frequency: "once", arm: null }]);
    for (const payment of payments.filter(({ experiment }) => experiment)) expect(payment).toMatchObject(COLUMNS);
  }
});

test("a refused form keeps its exposure, and so does the way back from Checkout", async () => {
  const refused = await send({ every: "once", amount: "0", exposure: EXPOSURE });
  expect(new URL(refused, "http://127.0.0.1:3000").searchParams.get("exposure")).toBe(EXPOSURE);
  const [session] = (await bench.stripe.checkout.sessions.list({ limit: 100 })).data.filter(
    ({ metadata }) => metadata?.exposure,
  );
  expect(session?.cancel_url).toContain(`exposure=${EXPOSURE}`);
  expect(session?.metadata).toMatchObject({ exposure: EXPOSURE });
});
