// Checks that the events of usual gifts cause no database call that Prisma plans itself. The planning takes several
// times as long as SQLite itself. One such call for each payment made webhooks slower by a third
// (docs/decisions/010-the-webhooks-way.md).
import Database from "better-sqlite3";
import { accountIdOf, advanceAccountClock, TEST_API_KEY } from "stripe-sandbox/testing";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { recordEvent } from "../../domain/ledger/record";
import { openEmptyLedger } from "../../prisma/empty-ledger";
import { testDatabaseProvider } from "../../prisma/fresh-ledger";
import { currentTime } from "../clock";
import { buildRecordFactsOptions } from "../ledger-context";
import { stripe } from "../stripe/client";
import { eventWithMissingPeriodLineFetched } from "../stripe/own-line";
import { translateEvent } from "../stripe/translate";
import { giveMonthly } from "../testing/gifts";
import { openStandIn, type StandIn } from "../testing/stand-in";
import { makeVariousGifts, testEnvironmentFor } from "../testing/stripes-books";

/** Prisma's own statements name the schema before each table. */
const PLANNED_BY_PRISMA = /`main`\./;
/**
 * For this event, the test allows database calls that Prisma plans itself. Such calls are slower, but this event is too
 * rare for that to matter.
 */
const RARE = "refund.failed";

describe.runIf(testDatabaseProvider === "sqlite")("webhooks", () => {
  let fixture: StandIn;

  beforeAll(async () => {
    fixture = await openStandIn();
    for (const [name, value] of Object.entries(testEnvironmentFor(fixture))) vi.stubEnv(name, value);
    const failing = await giveMonthly(fixture, "failing@example.org");
    await makeVariousGifts(fixture);
    const card = await fixture.stripe.paymentMethods.attach("pm_card_chargeCustomerFail", {
      customer: failing.customer,
    });
    await fixture.stripe.subscriptions.update(failing.subscription, { default_payment_method: card.id });
    await advanceAccountClock(fixture.sandbox, accountIdOf(TEST_API_KEY), 35 * 86_400);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await fixture.close();
  });

  test("the events of gifts, renewals, refunds and disputes are recorded without a call that Prisma plans", async () => {
    const db = await openEmptyLedger();
    const events = (await fixture.stripe.events.list().autoPagingToArray({ limit: 1_000 })).toReversed();
    const prepared = vi.spyOn(Database.prototype, "prepare");
    const planned = new Set<string>();
    const recorded = new Set<string>();
    for (const event of events) {
      const { id: eventId, type } = event;
      const facts = translateEvent(await eventWithMissingPeriodLineFetched(stripe, event));
      prepared.mockClear();
      const outcome = await recordEvent(db, { ...buildRecordFactsOptions(currentTime()), eventId, type, facts });
      if (outcome === "recorded") recorded.add(type);
      for (const [sql] of prepared.mock.calls)
        if (type !== RARE && PLANNED_BY_PRISMA.test(sql))
          planned.add(`${type}: ${sql.replace(/.*? FROM /, "").slice(0, 60)}`);
    }
    prepared.mockRestore();
    expect([...planned]).toEqual([]);
    expect([...recorded]).toEqual(
      expect.arrayContaining([
        ...[
          "checkout.session.completed",
          "charge.succeeded",
          "charge.updated",
          "invoice.paid",
          "invoice.payment_failed",
        ],
        ...["customer.subscription.created", "refund.created", "refund.failed", "charge.dispute.created"],
      ]),
    );
    await db.$disconnect();
  });
});
