-- CreateIndex
CREATE INDEX "RecurringGift_endedAt_idx" ON "RecurringGift"("endedAt");
