// Half of the seeds of `npm run test:all`; the other half is told of another world, beside this one.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { provider } from "../../prisma/fresh-ledger";
import { isWhole } from "../../tools/test/scope.mjs";
import { DELIVERIES, deliverInAnyOrder, openWorldToTellOf, seedsOn } from "./any-order";

const SEEDS = seedsOn(provider);

describe.runIf(isWhole)("another world", () => {
  let world: Awaited<ReturnType<typeof openWorldToTellOf>>;

  beforeAll(async () => {
    world = await openWorldToTellOf(5);
  }, 600_000);
  afterAll(() => world.close());

  test("gifts of every kind have lived in this world, in each currency", () => {
    expect(world.account.payments.length).toBeGreaterThan(40);
    expect(world.account.sums.map((line) => line.slice(0, 3))).toEqual(["EUR", "GBP", "JPY", "USD"]);
  });

  test(`${SEEDS} × ${DELIVERIES} deliveries bring the books that Stripe has`, { timeout: 3_600_000 }, () =>
    deliverInAnyOrder(world, SEEDS),
  );
});
