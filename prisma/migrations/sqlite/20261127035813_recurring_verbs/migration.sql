-- AlterTable
ALTER TABLE "RecurringGift" ADD COLUMN "chargeDay" INTEGER;

-- AlterTable
ALTER TABLE "RecurringNote" ADD COLUMN "beforeFrequency" TEXT;
ALTER TABLE "RecurringNote" ADD COLUMN "beforeMinor" BIGINT;
ALTER TABLE "RecurringNote" ADD COLUMN "by" TEXT;
ALTER TABLE "RecurringNote" ADD COLUMN "frequency" TEXT;
ALTER TABLE "RecurringNote" ADD COLUMN "until" DATETIME;
