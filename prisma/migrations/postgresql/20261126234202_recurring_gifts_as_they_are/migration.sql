-- AlterTable
ALTER TABLE "RecurringGift" ADD COLUMN     "chargesNextAt" TIMESTAMP(3),
ADD COLUMN     "resumesAt" TIMESTAMP(3),
ADD COLUMN     "unusual" TEXT;

-- CreateIndex
CREATE INDEX "RecurringGift_customerId_idx" ON "RecurringGift"("customerId");

-- CreateIndex
CREATE INDEX "RecurringGift_chargesNextAt_idx" ON "RecurringGift"("chargesNextAt");

-- CreateIndex
CREATE INDEX "RecurringGift_resumesAt_idx" ON "RecurringGift"("resumesAt");

-- CreateIndex
CREATE INDEX "RecurringGift_cardExpiresAt_idx" ON "RecurringGift"("cardExpiresAt");
