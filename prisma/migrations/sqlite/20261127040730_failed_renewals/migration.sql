-- AlterTable
ALTER TABLE "FailedAttempt" ADD COLUMN "isRenewal" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "FailedAttempt" ADD COLUMN "nextAttemptAt" DATETIME;
