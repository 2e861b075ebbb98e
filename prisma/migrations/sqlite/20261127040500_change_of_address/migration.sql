-- AlterTable
ALTER TABLE "Payment" ADD COLUMN "readdressedAt" DATETIME;

-- CreateTable
CREATE TABLE "AddressChange" (
    "supporterId" TEXT NOT NULL PRIMARY KEY,
    "oldEmailHash" TEXT NOT NULL,
    "newEmailHash" TEXT NOT NULL,
    "newEmailSealed" TEXT NOT NULL,
    "oldTokenHash" TEXT NOT NULL,
    "newTokenHash" TEXT NOT NULL,
    "oldConfirmedAt" DATETIME,
    "newConfirmedAt" DATETIME,
    "takesEffectAt" DATETIME,
    "expiresAt" DATETIME NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "AddressChange_oldTokenHash_key" ON "AddressChange"("oldTokenHash");

-- CreateIndex
CREATE UNIQUE INDEX "AddressChange_newTokenHash_key" ON "AddressChange"("newTokenHash");

-- CreateIndex
CREATE INDEX "AddressChange_newConfirmedAt_idx" ON "AddressChange"("newConfirmedAt");

-- CreateIndex
CREATE INDEX "AddressChange_expiresAt_idx" ON "AddressChange"("expiresAt");
