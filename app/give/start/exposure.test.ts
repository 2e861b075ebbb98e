import { afterAll, beforeAll, expect, test } from "vitest";
import { defaultCurrencyOf, type Publication } from "../../../domain/publication";
import { publication as ours } from "../../../publication";
import { type GiftStartFixture, openGiveStartRouteFixture, queryOf } from "../../../systems/testing/gift-start-fixture";
import { POST } from "./route";

const publication: Publication = ours;
const currency = defaultCurrencyOf(publication);
const EXPOSURE = "x_00000001.hold-out.20780";
const COLUMNS = { experiment: "x_00000001", arm: "hold-out", exposedOn: 20_780 };
let gifts: GiftStartFixture;

beforeAll(async () => {
  gifts = await openGiveStartRouteFixture(POST);
  const amount = String(publication.currencies[currency]?.presets.once[0]);
  const give = (every: string, exposure: string) => gifts.give({ currency, every, amount, exposure });
  await give("once", EXPOSURE);
  await give("month", EXPOSURE);
  await give("once", "x_00000001.b<script>.1");
  await gifts.recordInBoth();
});
afterAll(() => gifts.close());

test("single and recurring payments record the experiment's arm and day, and a made-up exposure is ignored", async () => {
  for (const ledger of [gifts.db, gifts.rebuilt]) {
    const payments = await ledger.payment.findMany({ orderBy: [{ frequency: "asc" }, { experiment: "asc" }] });
    expect(payments.map(({ frequency }) => frequency)).toEqual(["monthly", "once", "once"]);
    expect(payments.filter(({ experiment }) => experiment === null)).toMatchObject([{ frequency: "once", arm: null }]);
    for (const payment of payments.filter(({ experiment }) => experiment)) expect(payment).toMatchObject(COLUMNS);
  }
});

test("a refused form keeps its exposure, and so does the cancel URL of Checkout", async () => {
  const refused = await gifts.send({ currency, every: "once", amount: "0", exposure: EXPOSURE });
  expect(queryOf(refused).get("exposure")).toBe(EXPOSURE);
  const [session] = (await gifts.stripe.checkout.sessions.list({ limit: 100 })).data.filter(
    ({ metadata }) => metadata?.exposure,
  );
  expect(session?.cancel_url).toContain(`exposure=${EXPOSURE}`);
  expect(session?.metadata).toMatchObject({ exposure: EXPOSURE });
});
