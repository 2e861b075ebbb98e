-- AlterTable
ALTER TABLE "Gift" ADD COLUMN     "arm" TEXT,
ADD COLUMN     "experiment" TEXT,
ADD COLUMN     "exposedOn" INTEGER;

-- AlterTable
ALTER TABLE "Payment" ADD COLUMN     "arm" TEXT,
ADD COLUMN     "experiment" TEXT,
ADD COLUMN     "exposedOn" INTEGER;

-- CreateTable
CREATE TABLE "Experiment" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "appeal" TEXT NOT NULL,
    "arms" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "rates" TEXT NOT NULL,
    "capMinor" BIGINT NOT NULL,
    "plannedReaders" INTEGER NOT NULL,
    "smallestEffectMilli" INTEGER NOT NULL,
    "lastDay" INTEGER NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "startedAt" TIMESTAMP(3),
    "endedAt" TIMESTAMP(3),

    CONSTRAINT "Experiment_pkey" PRIMARY KEY ("id")
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

    CONSTRAINT "AppealCount_pkey" PRIMARY KEY ("day","article","appeal","variant","placement","event")
);

-- CreateTable
CREATE TABLE "ExperimentCount" (
    "experiment" TEXT NOT NULL,
    "arm" TEXT NOT NULL,
    "day" INTEGER NOT NULL,
    "event" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "ExperimentCount_pkey" PRIMARY KEY ("experiment","arm","day","event")
);

-- CreateIndex
CREATE INDEX "Experiment_startedAt_idx" ON "Experiment"("startedAt");

-- CreateIndex
CREATE INDEX "Payment_experiment_idx" ON "Payment"("experiment");

-- A plan stays as it was when its experiment began. Only the end may be added.
CREATE FUNCTION "refuse_plan_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the plan of an experiment that has begun is never changed';
END $$;
CREATE TRIGGER "Experiment_plan_is_kept" BEFORE UPDATE ON "Experiment" FOR EACH ROW
WHEN (OLD."startedAt" IS NOT NULL AND (OLD."endedAt" IS NOT NULL OR (
  OLD."id", OLD."name", OLD."appeal", OLD."arms", OLD."currency", OLD."rates", OLD."capMinor", OLD."plannedReaders",
  OLD."smallestEffectMilli", OLD."lastDay", OLD."createdAt", OLD."startedAt"
) IS DISTINCT FROM (
  NEW."id", NEW."name", NEW."appeal", NEW."arms", NEW."currency", NEW."rates", NEW."capMinor", NEW."plannedReaders",
  NEW."smallestEffectMilli", NEW."lastDay", NEW."createdAt", NEW."startedAt"
))) EXECUTE FUNCTION "refuse_plan_change"();
CREATE TRIGGER "Experiment_is_kept" BEFORE DELETE ON "Experiment" FOR EACH ROW
WHEN (OLD."startedAt" IS NOT NULL) EXECUTE FUNCTION "refuse_plan_change"();
