-- CreateTable
CREATE TABLE "SupporterAddress" (
    "emailHash" TEXT NOT NULL PRIMARY KEY,
    "emailSealed" TEXT NOT NULL,
    "supporterId" TEXT NOT NULL,
    "since" DATETIME NOT NULL,
    "until" DATETIME,
    CONSTRAINT "SupporterAddress_supporterId_fkey" FOREIGN KEY ("supporterId") REFERENCES "Supporter" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_OutboxMail" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "factKey" TEXT NOT NULL,
    "personHash" TEXT NOT NULL,
    "priority" INTEGER NOT NULL,
    "toSealed" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "values" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "sendAfter" DATETIME,
    "heldUntil" DATETIME,
    "lastError" TEXT,
    "queuedAt" DATETIME NOT NULL,
    "sentAt" DATETIME
);
INSERT INTO "new_OutboxMail" ("attempts", "factKey", "heldUntil", "id", "kind", "lastError", "locale", "queuedAt", "sendAfter", "sentAt", "toSealed", "values") SELECT "attempts", "factKey", "heldUntil", "id", "kind", "lastError", "locale", "queuedAt", "sendAfter", "sentAt", "toSealed", "values" FROM "OutboxMail";
DROP TABLE "OutboxMail";
ALTER TABLE "new_OutboxMail" RENAME TO "OutboxMail";
CREATE UNIQUE INDEX "OutboxMail_factKey_key" ON "OutboxMail"("factKey");
CREATE INDEX "OutboxMail_sendAfter_idx" ON "OutboxMail"("sendAfter");
CREATE INDEX "OutboxMail_queuedAt_idx" ON "OutboxMail"("queuedAt");
CREATE TABLE "new_Supporter" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "locale" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL
);
INSERT INTO "new_Supporter" ("createdAt", "id", "locale") SELECT "createdAt", "id", "locale" FROM "Supporter";
DROP TABLE "Supporter";
ALTER TABLE "new_Supporter" RENAME TO "Supporter";
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "SupporterAddress_supporterId_idx" ON "SupporterAddress"("supporterId");

-- CreateIndex
CREATE INDEX "SupporterAddress_until_idx" ON "SupporterAddress"("until");

-- CreateIndex
CREATE INDEX "Gift_expiresAt_idx" ON "Gift"("expiresAt");

-- CreateIndex
CREATE INDEX "RecurringGift_giftId_idx" ON "RecurringGift"("giftId");
