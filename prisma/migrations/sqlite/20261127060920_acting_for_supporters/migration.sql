-- CreateTable
CREATE TABLE "FormerSupporter" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "becameId" TEXT,
    "at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "StaffRequest" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "about" TEXT NOT NULL,
    "openAbout" TEXT,
    "amountMinor" BIGINT,
    "currency" TEXT,
    "months" INTEGER,
    "endsGift" BOOLEAN NOT NULL DEFAULT false,
    "why" TEXT NOT NULL,
    "words" TEXT,
    "status" TEXT NOT NULL,
    "askedBy" TEXT NOT NULL,
    "askedAt" DATETIME NOT NULL,
    "confirmedBy" TEXT,
    "expiresAt" DATETIME,
    "askAfter" DATETIME,
    "asks" INTEGER NOT NULL DEFAULT 0,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "endedAt" DATETIME,
    "refundId" TEXT,
    "code" TEXT
);

-- CreateIndex
CREATE INDEX "FormerSupporter_becameId_idx" ON "FormerSupporter"("becameId");

-- CreateIndex
CREATE UNIQUE INDEX "StaffRequest_openAbout_key" ON "StaffRequest"("openAbout");

-- CreateIndex
CREATE UNIQUE INDEX "StaffRequest_refundId_key" ON "StaffRequest"("refundId");

-- CreateIndex
CREATE INDEX "StaffRequest_about_askedAt_idx" ON "StaffRequest"("about", "askedAt");

-- CreateIndex
CREATE INDEX "StaffRequest_status_askedAt_idx" ON "StaffRequest"("status", "askedAt");

-- CreateIndex
CREATE INDEX "FailedAttempt_giftId_idx" ON "FailedAttempt"("giftId");

-- CreateIndex
CREATE INDEX "OutboxMail_personHash_idx" ON "OutboxMail"("personHash");

-- DropIndex
DROP INDEX "Entry_paymentId_idx";

-- CreateIndex
CREATE INDEX "Entry_paymentId_kind_idx" ON "Entry"("paymentId", "kind");
