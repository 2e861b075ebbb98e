-- CreateTable
CREATE TABLE "BooksCheck" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "mode" TEXT NOT NULL,
    "startedAt" DATETIME NOT NULL,
    "finishedAt" DATETIME,
    "phase" TEXT NOT NULL,
    "cursor" TEXT,
    "compared" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "BooksDifference" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "checkId" TEXT NOT NULL,
    "object" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "ours" TEXT,
    "theirs" TEXT,
    "repaired" BOOLEAN NOT NULL DEFAULT false
);

-- CreateTable
CREATE TABLE "BooksSeen" (
    "checkId" TEXT NOT NULL,
    "key" TEXT NOT NULL,

    PRIMARY KEY ("checkId", "key")
);

-- CreateIndex
CREATE INDEX "BooksCheck_startedAt_idx" ON "BooksCheck"("startedAt");

-- CreateIndex
CREATE INDEX "BooksDifference_checkId_idx" ON "BooksDifference"("checkId");
