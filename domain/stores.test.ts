import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOMS = ["appeal", "articles", "giving", "ledger", "supporters", "newsroom"];
/** A call of Prisma on a table (`db.gift.findUnique`) or raw SQL. */
const STATEMENT = /\b(?:db|tx)\.\w+\.\w+\(|\$(?:query|execute)Raw/;

const queries = (file: string) => STATEMENT.test(readFileSync(join(import.meta.dirname, file), "utf8"));
const files = ROOMS.flatMap((room) =>
  readdirSync(join(import.meta.dirname, room), { recursive: true, encoding: "utf8" }).map((file) => `${room}/${file}`),
).filter((file) => file.endsWith(".ts") && !/\.test\.ts$|\/testing\//.test(file));

test("only the stores of domain/ query the database", () => {
  const querying = files.filter(queries);
  expect(querying.filter((file) => !/^\w+\/((check|staff|people|evidence)\/)?store(\.ts$|\/)/.test(file))).toEqual([]);
  expect(querying).toContain("giving/store.ts");
});
