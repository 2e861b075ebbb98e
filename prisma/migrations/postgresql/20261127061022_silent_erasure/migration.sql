-- AlterTable
ALTER TABLE "Erasure" ADD COLUMN     "isSilent" BOOLEAN NOT NULL DEFAULT false;
