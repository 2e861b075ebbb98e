// Runs only in `npm run test:all`. Delivers the events of other gifts than any-order-in-one-world.test.ts. The random
// seeds for the order of delivery are the same.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabaseProvider } from "../../prisma/fresh-ledger";
import { isFullRun } from "../../tools/test/scope.mjs";
import {
  DELIVERY_COUNT,
  expectSameLedgerInAnyEventOrder,
  openWorldForDeliveries,
  tortureSeedCountFor,
} from "./any-order";

const SEEDS = tortureSeedCountFor(testDatabaseProvider);

describe.runIf(isFullRun)("another world", () => {
  let world: Awaited<ReturnType<typeof openWorldForDeliveries>>;

  beforeAll(async () => {
    world = await openWorldForDeliveries(5);
  }, 600_000);
  afterAll(() => world.close());

  test("the second world has more than forty payments, and gifts settled in four currencies", () => {
    expect(world.stripeBooks.payments.length).toBeGreaterThan(40);
    expect(world.stripeBooks.balanceSums.map((line) => line.slice(0, 3))).toEqual(["EUR", "GBP", "JPY", "USD"]);
  });

  test(
    `${SEEDS} × ${DELIVERY_COUNT} deliveries in any order lead to the same books as Stripe's`,
    { timeout: 3_600_000 },
    () => expectSameLedgerInAnyEventOrder(world, SEEDS),
  );
});
