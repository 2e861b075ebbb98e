-- AlterTable
ALTER TABLE "RecurringGift" ADD COLUMN     "linkEpoch" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "MailStop" (
    "emailHash" TEXT NOT NULL,
    "stoppedAt" TIMESTAMP(3) NOT NULL,
    "handledAt" TIMESTAMP(3),

    CONSTRAINT "MailStop_pkey" PRIMARY KEY ("emailHash")
);

-- CreateIndex
CREATE INDEX "MailStop_handledAt_stoppedAt_idx" ON "MailStop"("handledAt", "stoppedAt");
