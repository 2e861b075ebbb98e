-- AlterTable
ALTER TABLE "Gift" ADD COLUMN     "coveredFeeMinor" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "Payment" ADD COLUMN     "coveredFeeMinor" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "RecurringGift" ADD COLUMN     "coveredFeeMinor" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "Total" ADD COLUMN     "coveredFeeMinor" BIGINT NOT NULL DEFAULT 0;
