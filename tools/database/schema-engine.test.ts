import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import prismaPackage from "../../node_modules/prisma/package.json" with { type: "json" };

test("schema-engine.mjs is for the installed version of Prisma, and is executable", () => {
  expect(prismaPackage.version).toBe("7.10.0");
  accessSync(join(import.meta.dirname, "schema-engine.mjs"), constants.X_OK);
});
