-- CreateTable
CREATE TABLE "ChatNote" (
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "values" TEXT NOT NULL DEFAULT '',
    "queuedAt" TIMESTAMP(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "sendAfter" TIMESTAMP(3),
    "heldUntil" TIMESTAMP(3),
    "sentAt" TIMESTAMP(3),

    CONSTRAINT "ChatNote_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "ChatNote_sendAfter_idx" ON "ChatNote"("sendAfter");

-- CreateIndex
CREATE INDEX "ChatNote_kind_queuedAt_idx" ON "ChatNote"("kind", "queuedAt");
