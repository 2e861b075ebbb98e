-- DropIndex
DROP INDEX "BalanceEntry_occurredAt_idx";

-- CreateTable
CREATE TABLE "WorkItem" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "takenBy" TEXT,
    "takenAt" DATETIME,
    "doneBy" TEXT,
    "doneAt" DATETIME,
    "note" TEXT,
    "state" TEXT NOT NULL DEFAULT ''
);

-- CreateIndex
CREATE INDEX "WorkItem_doneAt_idx" ON "WorkItem"("doneAt");

-- CreateIndex
CREATE INDEX "BalanceEntry_occurredAt_id_idx" ON "BalanceEntry"("occurredAt", "id");

-- CreateIndex
CREATE INDEX "OutboxMail_lastError_idx" ON "OutboxMail"("lastError");
