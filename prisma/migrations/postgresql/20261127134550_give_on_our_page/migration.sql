-- AlterTable
ALTER TABLE "Gift" ADD COLUMN     "checkoutPlace" TEXT NOT NULL DEFAULT 'hosted',
ADD COLUMN     "checkoutSecret" TEXT;
