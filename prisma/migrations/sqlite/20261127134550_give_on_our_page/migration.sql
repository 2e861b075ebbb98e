-- AlterTable
ALTER TABLE "Gift" ADD COLUMN "checkoutPlace" TEXT NOT NULL DEFAULT 'hosted';
ALTER TABLE "Gift" ADD COLUMN "checkoutSecret" TEXT;
