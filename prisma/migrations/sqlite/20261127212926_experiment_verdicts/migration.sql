-- CreateTable
CREATE TABLE "ExperimentVerdict" (
    "experiment" TEXT NOT NULL PRIMARY KEY,
    "judgedAt" DATETIME NOT NULL,
    "judgement" TEXT NOT NULL
);
