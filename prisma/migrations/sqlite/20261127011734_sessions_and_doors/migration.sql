-- CreateTable
CREATE TABLE "Session" (
    "idHash" TEXT NOT NULL PRIMARY KEY,
    "emailHash" TEXT NOT NULL,
    "signedInOn" TEXT NOT NULL,
    "lastSeenOn" TEXT NOT NULL,
    "secondFactorAt" DATETIME,
    "endsAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "DoorAlert" (
    "door" TEXT NOT NULL PRIMARY KEY,
    "beganAt" DATETIME NOT NULL,
    "lastAt" DATETIME NOT NULL,
    "slowed" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "Pulse" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" DATETIME NOT NULL
);

-- CreateIndex
CREATE INDEX "Session_emailHash_idx" ON "Session"("emailHash");

-- CreateIndex
CREATE INDEX "Session_endsAt_idx" ON "Session"("endsAt");
