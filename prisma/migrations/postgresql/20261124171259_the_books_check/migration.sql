-- CreateTable
CREATE TABLE "BooksCheck" (
    "id" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "startedAt" TIMESTAMP(3) NOT NULL,
    "finishedAt" TIMESTAMP(3),
    "phase" TEXT NOT NULL,
    "cursor" TEXT,
    "compared" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "BooksCheck_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BooksDifference" (
    "id" SERIAL NOT NULL,
    "checkId" TEXT NOT NULL,
    "object" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "ours" TEXT,
    "theirs" TEXT,
    "repaired" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "BooksDifference_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BooksSeen" (
    "checkId" TEXT NOT NULL,
    "key" TEXT NOT NULL,

    CONSTRAINT "BooksSeen_pkey" PRIMARY KEY ("checkId","key")
);

-- CreateIndex
CREATE INDEX "BooksCheck_startedAt_idx" ON "BooksCheck"("startedAt");

-- CreateIndex
CREATE INDEX "BooksDifference_checkId_idx" ON "BooksDifference"("checkId");
