-- CreateTable
CREATE TABLE "Reminder" (
    "id" TEXT NOT NULL,
    "emailHash" TEXT NOT NULL,
    "emailSealed" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "rhythm" TEXT NOT NULL,
    "amountMinor" BIGINT,
    "currency" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "confirmedAt" TIMESTAMP(3),
    "sent" INTEGER NOT NULL DEFAULT 0,
    "nextAt" TIMESTAMP(3),

    CONSTRAINT "Reminder_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LetterReader" (
    "id" TEXT NOT NULL,
    "supporterId" TEXT,
    "emailHash" TEXT,
    "byMailSince" TIMESTAMP(3),
    "feedTokenHash" TEXT,

    CONSTRAINT "LetterReader_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LetterMailing" (
    "letter" TEXT NOT NULL,
    "startedAt" TIMESTAMP(3) NOT NULL,
    "cursor" TEXT NOT NULL DEFAULT '',
    "queued" INTEGER NOT NULL DEFAULT 0,
    "finishedAt" TIMESTAMP(3),

    CONSTRAINT "LetterMailing_pkey" PRIMARY KEY ("letter")
);

-- CreateTable
CREATE TABLE "FreeSeat" (
    "emailHash" TEXT NOT NULL,
    "emailSealed" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "until" TIMESTAMP(3) NOT NULL,
    "givenBy" TEXT NOT NULL,
    "givenAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "FreeSeat_pkey" PRIMARY KEY ("emailHash")
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
