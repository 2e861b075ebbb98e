-- AlterTable
ALTER TABLE "RecurringGift" ADD COLUMN "overdueSince" DATETIME;

-- CreateIndex
CREATE INDEX "RecurringGift_status_overdueSince_idx" ON "RecurringGift"("status", "overdueSince");
