-- CreateTable
CREATE TABLE "PayoutEntry" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "payoutId" TEXT NOT NULL,
    "recordedAt" DATETIME NOT NULL
);

-- Payouts that were paid before: Stripe is asked for their rows.
INSERT INTO "FollowUp" ("key", "after", "attempts")
SELECT 'payout:' || "id", strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now'), 0 FROM "Payout" WHERE "status" = 'paid';
