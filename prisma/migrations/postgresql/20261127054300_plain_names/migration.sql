-- Written by hand: renames keep every row where it is.
ALTER TABLE "Refund" RENAME COLUMN "toldBy" TO "reportedBy";

ALTER TABLE "DoorCount" RENAME TO "RateLimitCount";
ALTER TABLE "RateLimitCount" RENAME CONSTRAINT "DoorCount_pkey" TO "RateLimitCount_pkey";
ALTER INDEX "DoorCount_expiresAt_idx" RENAME TO "RateLimitCount_expiresAt_idx";

ALTER TABLE "DoorAlert" RENAME TO "RateLimitAlert";
ALTER TABLE "RateLimitAlert" RENAME CONSTRAINT "DoorAlert_pkey" TO "RateLimitAlert_pkey";
ALTER TABLE "RateLimitAlert" RENAME COLUMN "door" TO "action";

-- The kinds of mail. A fact key begins with its mail's kind.
UPDATE "OutboxMail" SET "kind" = 'refunded', "factKey" = 'refunded:' || substr("factKey", length('went-back:') + 1)
WHERE "kind" = 'went-back';
UPDATE "OutboxMail" SET "kind" = 'debit-pending', "factKey" = 'debit-pending:' || substr("factKey", length('debit-begun:') + 1)
WHERE "kind" = 'debit-begun';
