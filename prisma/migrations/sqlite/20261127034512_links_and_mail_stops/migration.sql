-- AlterTable
ALTER TABLE "RecurringGift" ADD COLUMN "linkEpoch" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "MailStop" (
    "emailHash" TEXT NOT NULL PRIMARY KEY,
    "stoppedAt" DATETIME NOT NULL,
    "handledAt" DATETIME
);

-- CreateIndex
CREATE INDEX "MailStop_handledAt_stoppedAt_idx" ON "MailStop"("handledAt", "stoppedAt");
