import { expect, test } from "vitest";
import { openEmptyLedger } from "../prisma/empty-ledger";
import { measureCpuSeconds } from "../tools/test/cpu-seconds";
import { redactError as tell } from "./log";

test("removes e-mail addresses from an error's message", () => {
  expect(tell(new TypeError("no mailbox <reader@example.org> here"))).toBe("TypeError: no mailbox <(e-mail)> here");
  expect(tell(new Error(`${"x ".repeat(240)}reader@example.org`))).not.toContain("reader");
});

test("redacts a message of a megabyte within seconds", () => {
  const message = "a".repeat(1_000_000);
  expect(measureCpuSeconds(() => expect(tell(new Error(message))).toHaveLength(500))).toBeLessThan(10);
});

test("does not repeat the values of a row that Prisma refuses", async () => {
  const db = await openEmptyLedger();
  const row = { emailHash: "hash-of-olga", emailSealed: "sealed-olga", supporterId: "s_1", since: "no date" };
  const refused = await db.supporterAddress.create({ data: row }).catch((error: unknown) => error);
  expect(String(refused)).toContain("olga");
  expect(tell(refused)).toBe("PrismaClientValidationError");
  await db.$disconnect();
});
