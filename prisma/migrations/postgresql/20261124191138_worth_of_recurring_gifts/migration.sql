-- CreateTable
CREATE TABLE "RecurringTotal" (
    "currency" TEXT NOT NULL,
    "frequency" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "gifts" INTEGER NOT NULL DEFAULT 0,
    "ending" INTEGER NOT NULL DEFAULT 0,
    "amountMinor" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "RecurringTotal_pkey" PRIMARY KEY ("currency","frequency","status")
);

-- What the gifts that are here already are worth.
INSERT INTO "RecurringTotal" ("currency", "frequency", "status", "gifts", "ending", "amountMinor")
SELECT "currency", "frequency", "status", COUNT(*), COUNT("cancelAt"), SUM("amountMinor") FROM "RecurringGift"
WHERE "status" IN ('active', 'past_due') GROUP BY "currency", "frequency", "status";

-- DropIndex
DROP INDEX "RecurringGift_value_idx";
