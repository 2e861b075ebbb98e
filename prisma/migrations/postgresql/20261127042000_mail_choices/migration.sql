-- CreateTable
CREATE TABLE "MailRefusal" (
    "supporterId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "refusedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "MailRefusal_pkey" PRIMARY KEY ("supporterId","kind")
);
