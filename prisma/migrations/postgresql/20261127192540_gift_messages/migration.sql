-- CreateTable
CREATE TABLE "GiftMessage" (
    "paymentId" TEXT NOT NULL,
    "wordsSealed" TEXT NOT NULL,
    "mayPublish" BOOLEAN NOT NULL,
    "writtenAt" TIMESTAMP(3) NOT NULL,
    "version" INTEGER NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'unread',

    CONSTRAINT "GiftMessage_pkey" PRIMARY KEY ("paymentId")
);

-- CreateIndex
CREATE INDEX "GiftMessage_status_writtenAt_idx" ON "GiftMessage"("status", "writtenAt");

-- CreateIndex
CREATE INDEX "GiftMessage_writtenAt_idx" ON "GiftMessage"("writtenAt");

-- AddForeignKey
ALTER TABLE "GiftMessage" ADD CONSTRAINT "GiftMessage_paymentId_fkey" FOREIGN KEY ("paymentId") REFERENCES "Payment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
