-- AlterTable
ALTER TABLE "RecurringGift" ADD COLUMN     "overdueSince" TIMESTAMP(3);

-- CreateIndex
CREATE INDEX "RecurringGift_status_overdueSince_idx" ON "RecurringGift"("status", "overdueSince");
