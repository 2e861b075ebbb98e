-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Total" (
    "period" TEXT NOT NULL,
    "start" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "settledCurrency" TEXT NOT NULL,
    "payments" INTEGER NOT NULL DEFAULT 0,
    "grossMinor" BIGINT NOT NULL DEFAULT 0,
    "refunds" INTEGER NOT NULL DEFAULT 0,
    "refundedMinor" BIGINT NOT NULL DEFAULT 0,
    "disputes" INTEGER NOT NULL DEFAULT 0,
    "disputedMinor" BIGINT NOT NULL DEFAULT 0,
    "settledPayments" INTEGER NOT NULL DEFAULT 0,
    "settledMinor" BIGINT NOT NULL DEFAULT 0,
    "feeMinor" BIGINT NOT NULL DEFAULT 0,
    "netMinor" BIGINT NOT NULL DEFAULT 0,
    "pendingPayments" INTEGER NOT NULL DEFAULT 0,
    "pendingMinor" BIGINT NOT NULL DEFAULT 0,
    "pendingFeeMinor" BIGINT NOT NULL DEFAULT 0,
    "pendingNetMinor" BIGINT NOT NULL DEFAULT 0,

    PRIMARY KEY ("period", "by", "start", "value", "currency", "settledCurrency")
);
INSERT INTO "new_Total" ("by", "currency", "disputedMinor", "disputes", "feeMinor", "grossMinor", "netMinor", "payments", "period", "refundedMinor", "refunds", "settledCurrency", "settledMinor", "settledPayments", "start", "value") SELECT "by", "currency", "disputedMinor", "disputes", "feeMinor", "grossMinor", "netMinor", "payments", "period", "refundedMinor", "refunds", "settledCurrency", "settledMinor", "settledPayments", "start", "value" FROM "Total";
DROP TABLE "Total";
ALTER TABLE "new_Total" RENAME TO "Total";
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
