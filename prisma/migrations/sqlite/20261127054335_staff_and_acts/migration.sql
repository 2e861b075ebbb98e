-- CreateTable
CREATE TABLE "Staff" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "emailHash" TEXT NOT NULL,
    "emailSealed" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "invitedBy" TEXT,
    "since" DATETIME NOT NULL,
    "until" DATETIME
);

-- CreateTable
CREATE TABLE "Act" (
    "number" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" DATETIME NOT NULL,
    "by" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "about" TEXT NOT NULL,
    "before" TEXT,
    "after" TEXT,
    "reason" TEXT,
    "chain" TEXT NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "Staff_emailHash_key" ON "Staff"("emailHash");

-- CreateIndex
CREATE INDEX "Act_about_number_idx" ON "Act"("about", "number");

-- CreateIndex
CREATE INDEX "Act_by_number_idx" ON "Act"("by", "number");

-- CreateIndex
CREATE INDEX "Act_kind_number_idx" ON "Act"("kind", "number");

-- An act is written once.
CREATE TRIGGER "Act_no_update" BEFORE UPDATE ON "Act"
BEGIN
  SELECT RAISE(ABORT, 'the log of acts is never changed');
END;
CREATE TRIGGER "Act_no_delete" BEFORE DELETE ON "Act"
BEGIN
  SELECT RAISE(ABORT, 'the log of acts is never changed');
END;
