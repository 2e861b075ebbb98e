-- AlterTable
ALTER TABLE "BooksCheck" ADD COLUMN "stoppedAt" DATETIME;

-- AlterTable
ALTER TABLE "ReceivedEvent" ADD COLUMN "reason" TEXT;

-- AlterTable
ALTER TABLE "Refund" ADD COLUMN "toldBy" TEXT;
