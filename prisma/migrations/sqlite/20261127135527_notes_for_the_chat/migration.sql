-- CreateTable
CREATE TABLE "ChatNote" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "values" TEXT NOT NULL DEFAULT '',
    "queuedAt" DATETIME NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "sendAfter" DATETIME,
    "heldUntil" DATETIME,
    "sentAt" DATETIME
);

-- CreateIndex
CREATE INDEX "ChatNote_sendAfter_idx" ON "ChatNote"("sendAfter");

-- CreateIndex
CREATE INDEX "ChatNote_kind_queuedAt_idx" ON "ChatNote"("kind", "queuedAt");
