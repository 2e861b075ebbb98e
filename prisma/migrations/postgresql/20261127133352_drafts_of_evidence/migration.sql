-- CreateTable
CREATE TABLE "DisputeDraft" (
    "disputeId" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "textsSealed" TEXT NOT NULL,
    "staged" TEXT NOT NULL DEFAULT '',
    "savedBy" TEXT NOT NULL,
    "savedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "DisputeDraft_pkey" PRIMARY KEY ("disputeId","by")
);

-- CreateIndex
CREATE INDEX "DisputeDraft_savedAt_idx" ON "DisputeDraft"("savedAt");
