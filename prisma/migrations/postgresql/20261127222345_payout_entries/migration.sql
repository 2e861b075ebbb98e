-- CreateTable
CREATE TABLE "PayoutEntry" (
    "id" TEXT NOT NULL,
    "payoutId" TEXT NOT NULL,
    "recordedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "PayoutEntry_pkey" PRIMARY KEY ("id")
);

-- Payouts that were paid before: Stripe is asked for their rows.
INSERT INTO "FollowUp" ("key", "after", "attempts")
SELECT 'payout:' || "id", CURRENT_TIMESTAMP AT TIME ZONE 'UTC', 0 FROM "Payout" WHERE "status" = 'paid';
