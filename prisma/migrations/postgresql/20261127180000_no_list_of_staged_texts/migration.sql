-- AlterTable
ALTER TABLE "DisputeDraft" DROP COLUMN "staged";
