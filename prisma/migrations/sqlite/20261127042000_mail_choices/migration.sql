-- CreateTable
CREATE TABLE "MailRefusal" (
    "supporterId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "refusedAt" DATETIME NOT NULL,

    PRIMARY KEY ("supporterId", "kind")
);
