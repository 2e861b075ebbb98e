-- DropIndex
DROP INDEX "Supporter_emailHash_key";

-- AlterTable
ALTER TABLE "OutboxMail" ADD COLUMN     "personHash" TEXT NOT NULL,
ADD COLUMN     "priority" INTEGER NOT NULL;

-- AlterTable
ALTER TABLE "Supporter" DROP COLUMN "emailHash",
DROP COLUMN "emailSealed";

-- CreateTable
CREATE TABLE "SupporterAddress" (
    "emailHash" TEXT NOT NULL,
    "emailSealed" TEXT NOT NULL,
    "supporterId" TEXT NOT NULL,
    "since" TIMESTAMP(3) NOT NULL,
    "until" TIMESTAMP(3),

    CONSTRAINT "SupporterAddress_pkey" PRIMARY KEY ("emailHash")
);

-- CreateIndex
CREATE INDEX "SupporterAddress_supporterId_idx" ON "SupporterAddress"("supporterId");

-- CreateIndex
CREATE INDEX "SupporterAddress_until_idx" ON "SupporterAddress"("until");

-- CreateIndex
CREATE INDEX "Gift_expiresAt_idx" ON "Gift"("expiresAt");

-- CreateIndex
CREATE INDEX "OutboxMail_queuedAt_idx" ON "OutboxMail"("queuedAt");

-- CreateIndex
CREATE INDEX "RecurringGift_giftId_idx" ON "RecurringGift"("giftId");

-- AddForeignKey
ALTER TABLE "SupporterAddress" ADD CONSTRAINT "SupporterAddress_supporterId_fkey" FOREIGN KEY ("supporterId") REFERENCES "Supporter"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
