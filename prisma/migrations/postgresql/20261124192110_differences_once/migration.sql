-- DropIndex
DROP INDEX "BooksDifference_checkId_idx";

-- What was noted twice is kept once
DELETE FROM "BooksDifference" WHERE "id" NOT IN (
  SELECT MIN("id") FROM "BooksDifference" GROUP BY "checkId", "object", "place"
);

-- CreateIndex
CREATE UNIQUE INDEX "BooksDifference_checkId_object_place_key" ON "BooksDifference"("checkId", "object", "place");
