-- DropIndex
DROP INDEX "BalanceEntry_occurredAt_idx";

-- CreateTable
CREATE TABLE "WorkItem" (
    "key" TEXT NOT NULL,
    "takenBy" TEXT,
    "takenAt" TIMESTAMP(3),
    "doneBy" TEXT,
    "doneAt" TIMESTAMP(3),
    "note" TEXT,
    "state" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "WorkItem_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "WorkItem_doneAt_idx" ON "WorkItem"("doneAt");

-- CreateIndex
CREATE INDEX "BalanceEntry_occurredAt_id_idx" ON "BalanceEntry"("occurredAt", "id");

-- CreateIndex
CREATE INDEX "OutboxMail_lastError_idx" ON "OutboxMail"("lastError");
