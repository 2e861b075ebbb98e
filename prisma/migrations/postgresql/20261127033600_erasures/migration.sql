-- AlterTable
ALTER TABLE "Supporter" ADD COLUMN     "receiptNameSealed" TEXT;

-- AlterTable
ALTER TABLE "Payment" ADD COLUMN     "erasedAt" TIMESTAMP(3);

-- AlterTable
ALTER TABLE "RecurringGift" ADD COLUMN     "erasedAt" TIMESTAMP(3);

-- CreateTable
CREATE TABLE "Erasure" (
    "supporterId" TEXT NOT NULL,
    "beganAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Erasure_pkey" PRIMARY KEY ("supporterId")
);

-- CreateTable
CREATE TABLE "ErasedAddress" (
    "addressHash" TEXT NOT NULL,
    "erasedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "ErasedAddress_pkey" PRIMARY KEY ("addressHash")
);

-- CreateIndex
CREATE INDEX "ErasedAddress_erasedAt_idx" ON "ErasedAddress"("erasedAt");
