-- AlterTable
ALTER TABLE "Payment" ADD COLUMN     "readdressedAt" TIMESTAMP(3);

-- CreateTable
CREATE TABLE "AddressChange" (
    "supporterId" TEXT NOT NULL,
    "oldEmailHash" TEXT NOT NULL,
    "newEmailHash" TEXT NOT NULL,
    "newEmailSealed" TEXT NOT NULL,
    "oldTokenHash" TEXT NOT NULL,
    "newTokenHash" TEXT NOT NULL,
    "oldConfirmedAt" TIMESTAMP(3),
    "newConfirmedAt" TIMESTAMP(3),
    "takesEffectAt" TIMESTAMP(3),
    "expiresAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "AddressChange_pkey" PRIMARY KEY ("supporterId")
);

-- CreateIndex
CREATE UNIQUE INDEX "AddressChange_oldTokenHash_key" ON "AddressChange"("oldTokenHash");

-- CreateIndex
CREATE UNIQUE INDEX "AddressChange_newTokenHash_key" ON "AddressChange"("newTokenHash");

-- CreateIndex
CREATE INDEX "AddressChange_newConfirmedAt_idx" ON "AddressChange"("newConfirmedAt");

-- CreateIndex
CREATE INDEX "AddressChange_expiresAt_idx" ON "AddressChange"("expiresAt");
