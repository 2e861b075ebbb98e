-- AlterTable
ALTER TABLE "RecurringGift" ADD COLUMN "paymentMethodId" TEXT;
