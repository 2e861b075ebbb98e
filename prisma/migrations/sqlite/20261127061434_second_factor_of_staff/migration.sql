-- CreateTable
CREATE TABLE "StaffFactor" (
    "staffId" TEXT NOT NULL PRIMARY KEY,
    "secretSealed" TEXT NOT NULL,
    "lastStep" INTEGER NOT NULL,
    "since" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "RecoveryCode" (
    "codeHash" TEXT NOT NULL PRIMARY KEY,
    "staffId" TEXT NOT NULL,
    "madeAt" DATETIME NOT NULL,
    "usedAt" DATETIME
);

-- CreateTable
CREATE TABLE "Passkey" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "staffId" TEXT NOT NULL,
    "publicKey" TEXT NOT NULL,
    "counter" INTEGER NOT NULL,
    "transports" TEXT NOT NULL,
    "addedAt" DATETIME NOT NULL,
    "usedAt" DATETIME
);

-- AlterTable
ALTER TABLE "Staff" ADD COLUMN "invitedUntil" DATETIME;
ALTER TABLE "Staff" ADD COLUMN "acceptedAt" DATETIME;
ALTER TABLE "Staff" ADD COLUMN "wantsSummary" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "Staff" ADD COLUMN "recoverySealed" TEXT;

-- CreateIndex
CREATE INDEX "RecoveryCode_staffId_idx" ON "RecoveryCode"("staffId");

-- CreateIndex
CREATE INDEX "Passkey_staffId_idx" ON "Passkey"("staffId");
