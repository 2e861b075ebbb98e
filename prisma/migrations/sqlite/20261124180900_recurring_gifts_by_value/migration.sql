-- DropIndex
DROP INDEX "RecurringGift_status_currency_idx";

-- CreateIndex
CREATE INDEX "RecurringGift_value_idx" ON "RecurringGift"("status", "currency", "frequency", "cancelAt", "amountMinor");
