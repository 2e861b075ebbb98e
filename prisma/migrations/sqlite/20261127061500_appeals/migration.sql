-- CreateTable
CREATE TABLE "Appeal" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "createdBy" TEXT NOT NULL,
    "latest" INTEGER NOT NULL,
    "published" INTEGER,
    "publishedAt" DATETIME,
    "publishedBy" TEXT,
    "startsAt" DATETIME,
    "endsAt" DATETIME,
    "endedAt" DATETIME,
    "endedBy" TEXT,
    "notedState" TEXT NOT NULL,
    "lockedBy" TEXT,
    "lockedAt" DATETIME,
    "lockedUntil" DATETIME
);

-- CreateTable
CREATE TABLE "AppealVersion" (
    "appealId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "at" DATETIME NOT NULL,
    "by" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "detail" TEXT,
    "content" TEXT NOT NULL,

    PRIMARY KEY ("appealId", "number"),
    CONSTRAINT "AppealVersion_appealId_fkey" FOREIGN KEY ("appealId") REFERENCES "Appeal" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "AppealDraft" (
    "appealId" TEXT NOT NULL,
    "part" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "base" INTEGER NOT NULL,
    "fields" TEXT NOT NULL,

    PRIMARY KEY ("appealId", "part", "by"),
    CONSTRAINT "AppealDraft_appealId_fkey" FOREIGN KEY ("appealId") REFERENCES "Appeal" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "AppealChange" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "number" INTEGER NOT NULL
);

-- CreateIndex
CREATE INDEX "Appeal_published_idx" ON "Appeal"("published");

-- A version is written once.
CREATE TRIGGER "AppealVersion_no_update" BEFORE UPDATE ON "AppealVersion"
BEGIN
  SELECT RAISE(ABORT, 'a version of an appeal is never changed');
END;
CREATE TRIGGER "AppealVersion_no_delete" BEFORE DELETE ON "AppealVersion"
BEGIN
  SELECT RAISE(ABORT, 'a version of an appeal is never changed');
END;
