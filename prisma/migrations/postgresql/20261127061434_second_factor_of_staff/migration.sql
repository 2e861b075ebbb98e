-- AlterTable
ALTER TABLE "Staff" ADD COLUMN     "acceptedAt" TIMESTAMP(3),
ADD COLUMN     "invitedUntil" TIMESTAMP(3),
ADD COLUMN     "recoverySealed" TEXT,
ADD COLUMN     "wantsSummary" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "StaffFactor" (
    "staffId" TEXT NOT NULL,
    "secretSealed" TEXT NOT NULL,
    "lastStep" INTEGER NOT NULL,
    "since" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "StaffFactor_pkey" PRIMARY KEY ("staffId")
);

-- CreateTable
CREATE TABLE "RecoveryCode" (
    "codeHash" TEXT NOT NULL,
    "staffId" TEXT NOT NULL,
    "madeAt" TIMESTAMP(3) NOT NULL,
    "usedAt" TIMESTAMP(3),

    CONSTRAINT "RecoveryCode_pkey" PRIMARY KEY ("codeHash")
);

-- CreateTable
CREATE TABLE "Passkey" (
    "id" TEXT NOT NULL,
    "staffId" TEXT NOT NULL,
    "publicKey" TEXT NOT NULL,
    "counter" INTEGER NOT NULL,
    "transports" TEXT NOT NULL,
    "addedAt" TIMESTAMP(3) NOT NULL,
    "usedAt" TIMESTAMP(3),

    CONSTRAINT "Passkey_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "RecoveryCode_staffId_idx" ON "RecoveryCode"("staffId");

-- CreateIndex
CREATE INDEX "Passkey_staffId_idx" ON "Passkey"("staffId");
