// Half of the seeds of `npm run test:all`. The other half runs beside it, on a world of its own (any-order-in-one-world.test.ts).
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { provider } from "../../prisma/fresh-ledger";
import { isFullRun } from "../../tools/test/scope.mjs";
import { DELIVERIES, deliverInAnyOrder, openWorldForDeliveries, seedsOn } from "./any-order";

const SEEDS = seedsOn(provider);

describe.runIf(isFullRun)("another world", () => {
  let world: Awaited<ReturnType<typeof openWorldForDeliveries>>;

  beforeAll(async () => {
    world = await openWorldForDeliveries(5);
  }, 600_000);
  afterAll(() => world.close());

  test("this world has gifts of every kind, in each currency", () => {
    expect(world.account.payments.length).toBeGreaterThan(40);
    expect(world.account.sums.map((line) => line.slice(0, 3))).toEqual(["EUR", "GBP", "JPY", "USD"]);
  });

  test(`${SEEDS} × ${DELIVERIES} deliveries lead to the same books as Stripe's`, { timeout: 3_600_000 }, () =>
    deliverInAnyOrder(world, SEEDS),
  );
});
