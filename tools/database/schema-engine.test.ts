import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import prismaPackage from "../../node_modules/prisma/package.json" with { type: "json" };

test("our engine stands in for the engine of this version of Prisma", () => {
  expect(prismaPackage.version).toBe("7.10.0");
  accessSync(join(import.meta.dirname, "schema-engine.mjs"), constants.X_OK);
});
