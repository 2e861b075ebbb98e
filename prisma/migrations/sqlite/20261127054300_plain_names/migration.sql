-- Written by hand: renames keep every row where it is.
ALTER TABLE "Refund" RENAME COLUMN "toldBy" TO "reportedBy";

ALTER TABLE "DoorCount" RENAME TO "RateLimitCount";
DROP INDEX "DoorCount_expiresAt_idx";
CREATE INDEX "RateLimitCount_expiresAt_idx" ON "RateLimitCount"("expiresAt");

ALTER TABLE "DoorAlert" RENAME TO "RateLimitAlert";
ALTER TABLE "RateLimitAlert" RENAME COLUMN "door" TO "action";

-- The kinds of mail. A fact key begins with its mail's kind.
UPDATE "OutboxMail" SET "kind" = 'refunded', "factKey" = 'refunded:' || substr("factKey", length('went-back:') + 1)
WHERE "kind" = 'went-back';
UPDATE "OutboxMail" SET "kind" = 'debit-pending', "factKey" = 'debit-pending:' || substr("factKey", length('debit-begun:') + 1)
WHERE "kind" = 'debit-begun';
