-- AlterTable
ALTER TABLE "Gift" ADD COLUMN "arm" TEXT;
ALTER TABLE "Gift" ADD COLUMN "experiment" TEXT;
ALTER TABLE "Gift" ADD COLUMN "exposedOn" INTEGER;

-- AlterTable
ALTER TABLE "Payment" ADD COLUMN "arm" TEXT;
ALTER TABLE "Payment" ADD COLUMN "experiment" TEXT;
ALTER TABLE "Payment" ADD COLUMN "exposedOn" INTEGER;

-- CreateTable
CREATE TABLE "Experiment" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "appeal" TEXT NOT NULL,
    "arms" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "rates" TEXT NOT NULL,
    "capMinor" BIGINT NOT NULL,
    "plannedReaders" INTEGER NOT NULL,
    "smallestEffectMilli" INTEGER NOT NULL,
    "lastDay" INTEGER NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "startedAt" DATETIME,
    "endedAt" DATETIME
);

-- CreateTable
CREATE TABLE "AppealCount" (
    "day" TEXT NOT NULL,
    "article" TEXT NOT NULL,
    "appeal" TEXT NOT NULL,
    "variant" TEXT NOT NULL,
    "placement" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    PRIMARY KEY ("day", "article", "appeal", "variant", "placement", "event")
);

-- CreateTable
CREATE TABLE "ExperimentCount" (
    "experiment" TEXT NOT NULL,
    "arm" TEXT NOT NULL,
    "day" INTEGER NOT NULL,
    "event" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    PRIMARY KEY ("experiment", "arm", "day", "event")
);

-- CreateIndex
CREATE INDEX "Experiment_startedAt_idx" ON "Experiment"("startedAt");

-- CreateIndex
CREATE INDEX "Payment_experiment_idx" ON "Payment"("experiment");

-- A plan stays as it was when its experiment began. Only the end may be added.
CREATE TRIGGER "Experiment_no_update" BEFORE UPDATE ON "Experiment"
WHEN OLD."startedAt" IS NOT NULL AND (
  OLD."endedAt" IS NOT NULL OR NEW."id" IS NOT OLD."id" OR NEW."name" IS NOT OLD."name" OR NEW."appeal" IS NOT OLD."appeal"
  OR NEW."arms" IS NOT OLD."arms" OR NEW."currency" IS NOT OLD."currency" OR NEW."rates" IS NOT OLD."rates"
  OR NEW."capMinor" IS NOT OLD."capMinor" OR NEW."plannedReaders" IS NOT OLD."plannedReaders"
  OR NEW."smallestEffectMilli" IS NOT OLD."smallestEffectMilli" OR NEW."lastDay" IS NOT OLD."lastDay"
  OR NEW."createdAt" IS NOT OLD."createdAt" OR NEW."startedAt" IS NOT OLD."startedAt")
BEGIN
  SELECT RAISE(ABORT, 'the plan of an experiment that has begun is never changed');
END;
CREATE TRIGGER "Experiment_no_delete" BEFORE DELETE ON "Experiment" WHEN OLD."startedAt" IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'the plan of an experiment that has begun is never changed');
END;
