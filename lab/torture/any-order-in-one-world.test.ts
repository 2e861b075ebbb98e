// One seed; in `npm run test:all` half of them, and the other half is told of another world, beside this one.
import { afterAll, beforeAll, expect, test } from "vitest";
import { provider } from "../../prisma/fresh-ledger";
import { DELIVERIES, deliverInAnyOrder, openWorldToTellOf, seedsOn } from "./any-order";

const SEEDS = seedsOn(provider);
let world: Awaited<ReturnType<typeof openWorldToTellOf>>;

beforeAll(async () => {
  world = await openWorldToTellOf(4);
}, 600_000);
afterAll(() => world.close());

test("gifts of every kind have lived in this world, in each currency", () => {
  expect(world.account.payments.length).toBeGreaterThan(40);
  expect(world.account.sums.map((line) => line.slice(0, 3))).toEqual(["EUR", "GBP", "JPY", "USD"]);
});

test(`${SEEDS} × ${DELIVERIES} deliveries bring the books that Stripe has`, { timeout: 3_600_000 }, () =>
  deliverInAnyOrder(world, SEEDS),
);
