-- AlterTable
ALTER TABLE "Dispute" ADD COLUMN "evidenceLeft" TEXT;
ALTER TABLE "Dispute" ADD COLUMN "evidenceLeftAt" DATETIME;
