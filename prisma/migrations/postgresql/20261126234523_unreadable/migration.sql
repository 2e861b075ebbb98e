-- AlterTable
ALTER TABLE "BooksCheck" ADD COLUMN     "stoppedAt" TIMESTAMP(3);

-- AlterTable
ALTER TABLE "ReceivedEvent" ADD COLUMN     "reason" TEXT;

-- AlterTable
ALTER TABLE "Refund" ADD COLUMN     "toldBy" TEXT;
