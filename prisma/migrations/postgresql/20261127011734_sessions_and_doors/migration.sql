-- CreateTable
CREATE TABLE "Session" (
    "idHash" TEXT NOT NULL,
    "emailHash" TEXT NOT NULL,
    "signedInOn" TEXT NOT NULL,
    "lastSeenOn" TEXT NOT NULL,
    "secondFactorAt" TIMESTAMP(3),
    "endsAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("idHash")
);

-- CreateTable
CREATE TABLE "DoorAlert" (
    "door" TEXT NOT NULL,
    "beganAt" TIMESTAMP(3) NOT NULL,
    "lastAt" TIMESTAMP(3) NOT NULL,
    "slowed" INTEGER NOT NULL,

    CONSTRAINT "DoorAlert_pkey" PRIMARY KEY ("door")
);

-- CreateTable
CREATE TABLE "Pulse" (
    "id" INTEGER NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Pulse_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Session_emailHash_idx" ON "Session"("emailHash");

-- CreateIndex
CREATE INDEX "Session_endsAt_idx" ON "Session"("endsAt");
