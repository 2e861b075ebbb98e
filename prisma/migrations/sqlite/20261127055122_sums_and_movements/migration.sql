-- AlterTable
ALTER TABLE "Payment" ADD COLUMN "placement" TEXT;
ALTER TABLE "Payment" ADD COLUMN "supporterKind" TEXT;

-- AlterTable
ALTER TABLE "RecurringGift" ADD COLUMN "supporterKind" TEXT;

-- AlterTable
ALTER TABLE "Supporter" ADD COLUMN "lastPaidAt" DATETIME;

-- AlterTable
ALTER TABLE "RecurringTotal" ADD COLUMN "cardEnding" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "RecurringTotal" ADD COLUMN "cardEndingMinor" BIGINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "RenewalTotal" (
    "day" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "frequency" TEXT NOT NULL,
    "gifts" INTEGER NOT NULL DEFAULT 0,
    "amountMinor" BIGINT NOT NULL DEFAULT 0,

    PRIMARY KEY ("day", "currency", "frequency")
);

-- CreateTable
CREATE TABLE "RecurringMovement" (
    "subscriptionId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "movedAt" DATETIME NOT NULL,
    "currency" TEXT NOT NULL,
    "yearMinor" BIGINT NOT NULL,

    PRIMARY KEY ("subscriptionId", "position")
);

-- CreateTable
CREATE TABLE "MovementTotal" (
    "period" TEXT NOT NULL,
    "start" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "gifts" INTEGER NOT NULL DEFAULT 0,
    "yearMinor" BIGINT NOT NULL DEFAULT 0,

    PRIMARY KEY ("period", "by", "start", "value", "currency")
);

-- CreateTable
CREATE TABLE "KeptSums" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "rules" INTEGER NOT NULL,
    "timeZone" TEXT NOT NULL
);

-- AlterTable
ALTER TABLE "Total" ADD COLUMN "settledGrossMinor" BIGINT NOT NULL DEFAULT 0;

-- CreateIndex
CREATE INDEX "RecurringMovement_movedAt_idx" ON "RecurringMovement"("movedAt");

-- CreateIndex
CREATE INDEX "Supporter_lastPaidAt_idx" ON "Supporter"("lastPaidAt");

-- Where the form stood, as far as this ledger knows the gift. The books check reads the rest from Stripe.
UPDATE "Payment" SET "placement" = (SELECT "placement" FROM "Gift" WHERE "Gift"."id" = "Payment"."giftId");

-- Gifts that began before the site noted it.
INSERT INTO "RecurringNote" ("key", "subscriptionId", "kind", "notedAt", "recordedAt")
SELECT 'started:' || "subscriptionId", "subscriptionId", 'started', "startedAt", "recordedAt" FROM "RecurringGift"
WHERE "startedAt" IS NOT NULL AND "status" <> 'starting' AND ("status" <> 'canceled' OR EXISTS (
  SELECT 1 FROM "Payment" WHERE "recurringGiftId" = "RecurringGift"."id" AND "status" = 'succeeded'));
