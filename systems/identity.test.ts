import { expect, test } from "vitest";
import { identityFrom } from "./identity";

const identity = identityFrom(Buffer.alloc(32, 1).toString("base64"));
const another = identityFrom(Buffer.alloc(32, 2).toString("base64"));

test("the same mailbox has the same hash however it is spelt, and another key another hash", () => {
  expect(identity.hash(" Reader@Example.ORG ")).toBe(identity.hash("reader@example.org"));
  expect(identity.hash("reader@example.org")).not.toBe(identity.hash("reader2@example.org"));
  expect(identity.hash("reader@example.org")).not.toBe(another.hash("reader@example.org"));
});

test("what was sealed opens with its key alone, and not at all once it was changed", () => {
  const sealed = identity.seal("Читатель@example.org");
  expect(identity.open(sealed)).toBe("Читатель@example.org");
  expect(identity.seal("Читатель@example.org")).not.toBe(sealed);
  expect(() => another.open(sealed)).toThrow();
  const changed = sealed.at(-4) === "A" ? "B" : "A";
  expect(() => identity.open(sealed.slice(0, -4) + changed + sealed.slice(-3))).toThrow();
});
