// One file of a room holds its statements: store.ts. The others ask it and reckon with the rows.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOMS = ["appeal", "articles", "giving", "supporters", "newsroom"];
/** A call of Prisma on a table (`db.gift.findUnique`) or raw SQL. */
const STATEMENT = /\b(?:db|tx)\.\w+\.\w+\(|\$(?:query|execute)Raw/;

const queries = (file: string) => STATEMENT.test(readFileSync(join(import.meta.dirname, file), "utf8"));
const files = ROOMS.flatMap((room) =>
  readdirSync(join(import.meta.dirname, room)).map((file) => `${room}/${file}`),
).filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"));

test("in each room only store.ts asks the database", () => {
  expect(files.filter(queries)).toEqual(["giving/store.ts", "supporters/store.ts", "newsroom/store.ts"]);
});
