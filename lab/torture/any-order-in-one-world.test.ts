import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabaseProvider } from "../../prisma/fresh-ledger";
import {
  DELIVERY_COUNT,
  expectSameLedgerInAnyEventOrder,
  openWorldForDeliveries,
  tortureSeedCountFor,
} from "./any-order";

const SEEDS = tortureSeedCountFor(testDatabaseProvider);
let world: Awaited<ReturnType<typeof openWorldForDeliveries>>;

beforeAll(async () => {
  world = await openWorldForDeliveries(4);
}, 600_000);
afterAll(() => world.close());

test("the first world has more than forty payments, and gifts settled in four currencies", () => {
  expect(world.stripeBooks.payments.length).toBeGreaterThan(40);
  expect(world.stripeBooks.balanceSums.map((line) => line.slice(0, 3))).toEqual(["EUR", "GBP", "JPY", "USD"]);
});

test(
  `${SEEDS} × ${DELIVERY_COUNT} deliveries in any order lead to the same books as Stripe's`,
  { timeout: 3_600_000 },
  () => expectSameLedgerInAnyEventOrder(world, SEEDS),
);
