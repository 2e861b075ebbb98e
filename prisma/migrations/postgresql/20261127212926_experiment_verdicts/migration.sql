-- CreateTable
CREATE TABLE "ExperimentVerdict" (
    "experiment" TEXT NOT NULL,
    "judgedAt" TIMESTAMP(3) NOT NULL,
    "judgement" TEXT NOT NULL,

    CONSTRAINT "ExperimentVerdict_pkey" PRIMARY KEY ("experiment")
);
