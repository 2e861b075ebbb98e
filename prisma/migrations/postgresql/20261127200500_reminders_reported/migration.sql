-- "later" was also the answer "later today", after which the banner comes back.
UPDATE "AppealCount" SET "event" = 'reminder' WHERE "event" = 'later';
UPDATE "ExperimentCount" SET "event" = 'reminder' WHERE "event" = 'later';
