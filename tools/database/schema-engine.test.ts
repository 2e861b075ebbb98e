import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import prismaPackage from "../../node_modules/prisma/package.json" with { type: "json" };

test("the engine that we stand in for is the one that this Prisma wants", () => {
  expect(prismaPackage.version).toBe("7.10.0");
  accessSync(join(import.meta.dirname, "schema-engine.mjs"), constants.X_OK);
});
