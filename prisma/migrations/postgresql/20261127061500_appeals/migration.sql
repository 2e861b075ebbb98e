-- CreateTable
CREATE TABLE "Appeal" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "createdBy" TEXT NOT NULL,
    "latest" INTEGER NOT NULL,
    "published" INTEGER,
    "publishedAt" TIMESTAMP(3),
    "publishedBy" TEXT,
    "startsAt" TIMESTAMP(3),
    "endsAt" TIMESTAMP(3),
    "endedAt" TIMESTAMP(3),
    "endedBy" TEXT,
    "notedState" TEXT NOT NULL,
    "lockedBy" TEXT,
    "lockedAt" TIMESTAMP(3),
    "lockedUntil" TIMESTAMP(3),

    CONSTRAINT "Appeal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AppealVersion" (
    "appealId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "by" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "detail" TEXT,
    "content" TEXT NOT NULL,

    CONSTRAINT "AppealVersion_pkey" PRIMARY KEY ("appealId","number")
);

-- CreateTable
CREATE TABLE "AppealDraft" (
    "appealId" TEXT NOT NULL,
    "part" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "base" INTEGER NOT NULL,
    "fields" TEXT NOT NULL,

    CONSTRAINT "AppealDraft_pkey" PRIMARY KEY ("appealId","part","by")
);

-- CreateTable
CREATE TABLE "AppealChange" (
    "id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,

    CONSTRAINT "AppealChange_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Appeal_published_idx" ON "Appeal"("published");

-- AddForeignKey
ALTER TABLE "AppealVersion" ADD CONSTRAINT "AppealVersion_appealId_fkey" FOREIGN KEY ("appealId") REFERENCES "Appeal"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AppealDraft" ADD CONSTRAINT "AppealDraft_appealId_fkey" FOREIGN KEY ("appealId") REFERENCES "Appeal"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A version is written once.
CREATE FUNCTION "refuse_appeal_version_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a version of an appeal is never changed';
END $$;
CREATE TRIGGER "AppealVersion_never_changed" BEFORE UPDATE OR DELETE ON "AppealVersion"
  FOR EACH ROW EXECUTE FUNCTION "refuse_appeal_version_change"();
