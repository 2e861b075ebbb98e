-- CreateTable
CREATE TABLE "Staff" (
    "id" TEXT NOT NULL,
    "emailHash" TEXT NOT NULL,
    "emailSealed" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "invitedBy" TEXT,
    "since" TIMESTAMP(3) NOT NULL,
    "until" TIMESTAMP(3),

    CONSTRAINT "Staff_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Act" (
    "number" INTEGER NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "by" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "about" TEXT NOT NULL,
    "before" TEXT,
    "after" TEXT,
    "reason" TEXT,
    "chain" TEXT NOT NULL,

    CONSTRAINT "Act_pkey" PRIMARY KEY ("number")
);

-- CreateIndex
CREATE UNIQUE INDEX "Staff_emailHash_key" ON "Staff"("emailHash");

-- CreateIndex
CREATE INDEX "Act_about_number_idx" ON "Act"("about", "number");

-- CreateIndex
CREATE INDEX "Act_by_number_idx" ON "Act"("by", "number");

-- CreateIndex
CREATE INDEX "Act_kind_number_idx" ON "Act"("kind", "number");

-- An act is written once.
CREATE FUNCTION "refuse_act_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the log of acts is never changed';
END $$;
CREATE TRIGGER "Act_never_changed" BEFORE UPDATE OR DELETE ON "Act" FOR EACH ROW EXECUTE FUNCTION "refuse_act_change"();
