-- CreateTable
CREATE TABLE "GiftMessage" (
    "paymentId" TEXT NOT NULL PRIMARY KEY,
    "wordsSealed" TEXT NOT NULL,
    "mayPublish" BOOLEAN NOT NULL,
    "writtenAt" DATETIME NOT NULL,
    "version" INTEGER NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'unread',
    CONSTRAINT "GiftMessage_paymentId_fkey" FOREIGN KEY ("paymentId") REFERENCES "Payment" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "GiftMessage_status_writtenAt_idx" ON "GiftMessage"("status", "writtenAt");

-- CreateIndex
CREATE INDEX "GiftMessage_writtenAt_idx" ON "GiftMessage"("writtenAt");
