import { beforeAll, expect, test } from "vitest";
import { emptyLedger } from "@/prisma/empty-ledger";
import { type Db, database } from "@/systems/database";
import { GET } from "./route";

const shared = globalThis as typeof globalThis & { appealDatabase?: Promise<Db> };

beforeAll(async () => {
  shared.appealDatabase = emptyLedger();
});

test("says 200 while the ledger answers, and 503 where it does not", async () => {
  expect((await GET()).status).toBe(200);
  await (await database()).$executeRaw`ALTER TABLE "Payment" RENAME TO "Lost"`;
  expect((await GET()).status).toBe(503);
});
