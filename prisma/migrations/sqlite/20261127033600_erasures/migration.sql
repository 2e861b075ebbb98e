-- AlterTable
ALTER TABLE "Supporter" ADD COLUMN "receiptNameSealed" TEXT;

-- AlterTable
ALTER TABLE "Payment" ADD COLUMN "erasedAt" DATETIME;

-- AlterTable
ALTER TABLE "RecurringGift" ADD COLUMN "erasedAt" DATETIME;

-- CreateTable
CREATE TABLE "Erasure" (
    "supporterId" TEXT NOT NULL PRIMARY KEY,
    "beganAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "ErasedAddress" (
    "addressHash" TEXT NOT NULL PRIMARY KEY,
    "erasedAt" DATETIME NOT NULL
);

-- CreateIndex
CREATE INDEX "ErasedAddress_erasedAt_idx" ON "ErasedAddress"("erasedAt");
