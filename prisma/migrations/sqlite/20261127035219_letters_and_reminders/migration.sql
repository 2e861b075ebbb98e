-- CreateTable
CREATE TABLE "Reminder" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "emailHash" TEXT NOT NULL,
    "emailSealed" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "rhythm" TEXT NOT NULL,
    "amountMinor" BIGINT,
    "currency" TEXT,
    "createdAt" DATETIME NOT NULL,
    "confirmedAt" DATETIME,
    "sent" INTEGER NOT NULL DEFAULT 0,
    "nextAt" DATETIME
);

-- CreateTable
CREATE TABLE "LetterReader" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "supporterId" TEXT,
    "emailHash" TEXT,
    "byMailSince" DATETIME,
    "feedTokenHash" TEXT
);

-- CreateTable
CREATE TABLE "LetterMailing" (
    "letter" TEXT NOT NULL PRIMARY KEY,
    "startedAt" DATETIME NOT NULL,
    "cursor" TEXT NOT NULL DEFAULT '',
    "queued" INTEGER NOT NULL DEFAULT 0,
    "finishedAt" DATETIME
);

-- CreateTable
CREATE TABLE "FreeSeat" (
    "emailHash" TEXT NOT NULL PRIMARY KEY,
    "emailSealed" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "until" DATETIME NOT NULL,
    "givenBy" TEXT NOT NULL,
    "givenAt" DATETIME NOT NULL
);

-- CreateIndex
CREATE INDEX "Reminder_nextAt_idx" ON "Reminder"("nextAt");

-- CreateIndex
CREATE INDEX "Reminder_emailHash_idx" ON "Reminder"("emailHash");

-- CreateIndex
CREATE INDEX "Reminder_createdAt_idx" ON "Reminder"("createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "LetterReader_supporterId_key" ON "LetterReader"("supporterId");

-- CreateIndex
CREATE UNIQUE INDEX "LetterReader_emailHash_key" ON "LetterReader"("emailHash");

-- CreateIndex
CREATE UNIQUE INDEX "LetterReader_feedTokenHash_key" ON "LetterReader"("feedTokenHash");

-- CreateIndex
CREATE INDEX "LetterReader_byMailSince_idx" ON "LetterReader"("byMailSince");

-- CreateIndex
CREATE INDEX "FreeSeat_until_idx" ON "FreeSeat"("until");
