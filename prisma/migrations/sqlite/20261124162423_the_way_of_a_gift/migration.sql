-- CreateTable
CREATE TABLE "Gift" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "formKey" TEXT NOT NULL,
    "amountMinor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "frequency" TEXT NOT NULL,
    "article" TEXT,
    "appeal" TEXT NOT NULL,
    "variant" TEXT NOT NULL,
    "placement" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'started',
    "checkoutSessionId" TEXT,
    "checkoutUrl" TEXT,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Supporter" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "emailHash" TEXT NOT NULL,
    "emailSealed" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Payment" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "paymentIntentId" TEXT,
    "invoiceId" TEXT,
    "chargeId" TEXT,
    "status" TEXT NOT NULL,
    "amountMinor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "frequency" TEXT NOT NULL,
    "paidAt" DATETIME NOT NULL,
    "arrivedAt" DATETIME,
    "refundedMinor" BIGINT NOT NULL DEFAULT 0,
    "disputedMinor" BIGINT NOT NULL DEFAULT 0,
    "article" TEXT,
    "appeal" TEXT,
    "variant" TEXT,
    "giftId" TEXT,
    "supporterId" TEXT,
    "recurringGiftId" TEXT,
    "recordedAt" DATETIME NOT NULL,
    CONSTRAINT "Payment_giftId_fkey" FOREIGN KEY ("giftId") REFERENCES "Gift" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "Payment_supporterId_fkey" FOREIGN KEY ("supporterId") REFERENCES "Supporter" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "Payment_recurringGiftId_fkey" FOREIGN KEY ("recurringGiftId") REFERENCES "RecurringGift" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Entry" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "paymentId" TEXT NOT NULL,
    "amountMinor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "occurredAt" DATETIME NOT NULL,
    "recordedAt" DATETIME NOT NULL,
    CONSTRAINT "Entry_paymentId_fkey" FOREIGN KEY ("paymentId") REFERENCES "Payment" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "BalanceEntry" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "paymentId" TEXT NOT NULL,
    "sourceId" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "amountMinor" BIGINT NOT NULL,
    "feeMinor" BIGINT NOT NULL,
    "netMinor" BIGINT NOT NULL,
    "occurredAt" DATETIME NOT NULL,
    "recordedAt" DATETIME NOT NULL,
    CONSTRAINT "BalanceEntry_paymentId_fkey" FOREIGN KEY ("paymentId") REFERENCES "Payment" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Refund" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "paymentIntentId" TEXT NOT NULL,
    "paymentId" TEXT,
    "amountMinor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "reason" TEXT,
    "refundedAt" DATETIME NOT NULL,
    "recordedAt" DATETIME NOT NULL,
    CONSTRAINT "Refund_paymentId_fkey" FOREIGN KEY ("paymentId") REFERENCES "Payment" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Dispute" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "paymentIntentId" TEXT NOT NULL,
    "paymentId" TEXT,
    "amountMinor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "openedAt" DATETIME NOT NULL,
    "answerBy" DATETIME,
    "recordedAt" DATETIME NOT NULL,
    CONSTRAINT "Dispute_paymentId_fkey" FOREIGN KEY ("paymentId") REFERENCES "Payment" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "FailedAttempt" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "subscriptionId" TEXT,
    "giftId" TEXT,
    "amountMinor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "code" TEXT,
    "failedAt" DATETIME NOT NULL,
    "recordedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Payout" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "amountMinor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "arrivesAt" DATETIME NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "recordedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Total" (
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

    PRIMARY KEY ("period", "by", "start", "value", "currency", "settledCurrency")
);

-- CreateTable
CREATE TABLE "FollowUp" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "after" DATETIME NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "RecurringGift" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "subscriptionId" TEXT NOT NULL,
    "subscriptionItemId" TEXT,
    "productId" TEXT,
    "customerId" TEXT,
    "amountMinor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "frequency" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "startedAt" DATETIME,
    "nextPaymentAt" DATETIME,
    "cancelAt" DATETIME,
    "endedAt" DATETIME,
    "endReason" TEXT,
    "cardExpiresAt" DATETIME,
    "article" TEXT,
    "appeal" TEXT,
    "variant" TEXT,
    "giftId" TEXT,
    "supporterId" TEXT,
    "changesSeen" INTEGER NOT NULL DEFAULT 0,
    "changesFetched" INTEGER NOT NULL DEFAULT 0,
    "fetchAttempts" INTEGER NOT NULL DEFAULT 0,
    "fetchAfter" DATETIME,
    "recordedAt" DATETIME NOT NULL,
    CONSTRAINT "RecurringGift_giftId_fkey" FOREIGN KEY ("giftId") REFERENCES "Gift" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "RecurringGift_supporterId_fkey" FOREIGN KEY ("supporterId") REFERENCES "Supporter" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "RecurringNote" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "subscriptionId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "amountMinor" BIGINT,
    "currency" TEXT,
    "reason" TEXT,
    "notedAt" DATETIME NOT NULL,
    "recordedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "ReceivedEvent" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "type" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 1,
    "error" TEXT,
    "receivedAt" DATETIME NOT NULL,
    "retryAfter" DATETIME
);

-- CreateTable
CREATE TABLE "OutboxMail" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "factKey" TEXT NOT NULL,
    "toSealed" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "values" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "sendAfter" DATETIME,
    "heldUntil" DATETIME,
    "lastError" TEXT,
    "queuedAt" DATETIME NOT NULL,
    "sentAt" DATETIME
);

-- CreateTable
CREATE TABLE "SignInToken" (
    "tokenHash" TEXT NOT NULL PRIMARY KEY,
    "emailHash" TEXT NOT NULL,
    "emailSealed" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "DoorCount" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "count" INTEGER NOT NULL,
    "expiresAt" DATETIME NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "Gift_formKey_key" ON "Gift"("formKey");

-- CreateIndex
CREATE UNIQUE INDEX "Gift_checkoutSessionId_key" ON "Gift"("checkoutSessionId");

-- CreateIndex
CREATE UNIQUE INDEX "Supporter_emailHash_key" ON "Supporter"("emailHash");

-- CreateIndex
CREATE UNIQUE INDEX "Payment_paymentIntentId_key" ON "Payment"("paymentIntentId");

-- CreateIndex
CREATE UNIQUE INDEX "Payment_invoiceId_key" ON "Payment"("invoiceId");

-- CreateIndex
CREATE UNIQUE INDEX "Payment_chargeId_key" ON "Payment"("chargeId");

-- CreateIndex
CREATE INDEX "Payment_status_paidAt_idx" ON "Payment"("status", "paidAt");

-- CreateIndex
CREATE INDEX "Payment_supporterId_paidAt_idx" ON "Payment"("supporterId", "paidAt");

-- CreateIndex
CREATE INDEX "Payment_recurringGiftId_paidAt_idx" ON "Payment"("recurringGiftId", "paidAt");

-- CreateIndex
CREATE INDEX "Payment_giftId_idx" ON "Payment"("giftId");

-- CreateIndex
CREATE INDEX "Entry_paymentId_idx" ON "Entry"("paymentId");

-- CreateIndex
CREATE INDEX "Entry_occurredAt_idx" ON "Entry"("occurredAt");

-- CreateIndex
CREATE INDEX "BalanceEntry_paymentId_idx" ON "BalanceEntry"("paymentId");

-- CreateIndex
CREATE INDEX "BalanceEntry_occurredAt_idx" ON "BalanceEntry"("occurredAt");

-- CreateIndex
CREATE INDEX "Refund_paymentIntentId_idx" ON "Refund"("paymentIntentId");

-- CreateIndex
CREATE INDEX "Refund_paymentId_idx" ON "Refund"("paymentId");

-- CreateIndex
CREATE INDEX "Dispute_paymentIntentId_idx" ON "Dispute"("paymentIntentId");

-- CreateIndex
CREATE INDEX "Dispute_paymentId_idx" ON "Dispute"("paymentId");

-- CreateIndex
CREATE INDEX "Dispute_status_idx" ON "Dispute"("status");

-- CreateIndex
CREATE INDEX "FailedAttempt_failedAt_idx" ON "FailedAttempt"("failedAt");

-- CreateIndex
CREATE INDEX "FailedAttempt_subscriptionId_idx" ON "FailedAttempt"("subscriptionId");

-- CreateIndex
CREATE INDEX "Payout_createdAt_idx" ON "Payout"("createdAt");

-- CreateIndex
CREATE INDEX "FollowUp_after_idx" ON "FollowUp"("after");

-- CreateIndex
CREATE UNIQUE INDEX "RecurringGift_subscriptionId_key" ON "RecurringGift"("subscriptionId");

-- CreateIndex
CREATE INDEX "RecurringGift_status_currency_idx" ON "RecurringGift"("status", "currency");

-- CreateIndex
CREATE INDEX "RecurringGift_supporterId_idx" ON "RecurringGift"("supporterId");

-- CreateIndex
CREATE INDEX "RecurringGift_fetchAfter_idx" ON "RecurringGift"("fetchAfter");

-- CreateIndex
CREATE INDEX "RecurringNote_subscriptionId_notedAt_idx" ON "RecurringNote"("subscriptionId", "notedAt");

-- CreateIndex
CREATE INDEX "ReceivedEvent_outcome_receivedAt_idx" ON "ReceivedEvent"("outcome", "receivedAt");

-- CreateIndex
CREATE UNIQUE INDEX "OutboxMail_factKey_key" ON "OutboxMail"("factKey");

-- CreateIndex
CREATE INDEX "OutboxMail_sendAfter_idx" ON "OutboxMail"("sendAfter");

-- CreateIndex
CREATE INDEX "SignInToken_emailHash_createdAt_idx" ON "SignInToken"("emailHash", "createdAt");

-- CreateIndex
CREATE INDEX "SignInToken_expiresAt_idx" ON "SignInToken"("expiresAt");

-- CreateIndex
CREATE INDEX "DoorCount_expiresAt_idx" ON "DoorCount"("expiresAt");
