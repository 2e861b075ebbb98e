-- AlterTable
ALTER TABLE "Dispute" ADD COLUMN     "evidenceLeft" TEXT,
ADD COLUMN     "evidenceLeftAt" TIMESTAMP(3);
