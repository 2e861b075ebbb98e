-- AlterTable
ALTER TABLE "RecurringGift" ADD COLUMN     "chargeDay" INTEGER;

-- AlterTable
ALTER TABLE "RecurringNote" ADD COLUMN     "beforeFrequency" TEXT,
ADD COLUMN     "beforeMinor" BIGINT,
ADD COLUMN     "by" TEXT,
ADD COLUMN     "frequency" TEXT,
ADD COLUMN     "until" TIMESTAMP(3);
