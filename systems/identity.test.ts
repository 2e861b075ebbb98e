import { expect, test } from "vitest";
import { createIdentityCrypto } from "./identity";

const identity = createIdentityCrypto(Buffer.alloc(32, 1).toString("base64"));
const another = createIdentityCrypto(Buffer.alloc(32, 2).toString("base64"));

test("the same mailbox has the same hash in every spelling, and another hash with another key", () => {
  expect(identity.hashOf(" Reader@Example.ORG ")).toBe(identity.hashOf("reader@example.org"));
  expect(identity.hashOf("anna@почта.рф")).toBe(identity.hashOf("anna@xn--80a1acny.xn--p1ai"));
  expect(identity.hashOf("reader@example.org")).not.toBe(identity.hashOf("reader2@example.org"));
  expect(identity.hashOf("reader@example.org")).not.toBe(another.hashOf("reader@example.org"));
  expect(identity.hashOf("no address")).toBeNull();
  expect(identity.sealAddress("no address")).toBeNull();
});

test.each(["Mar\u212a@Example.org", "anna@почта.рф", " Anna@Example.ORG "])(
  "%j is hashed as the text to which mail is sent",
  (typed) => {
    const sealed = identity.sealAddress(typed);
    const delivered = identity.open(sealed?.emailSealed ?? "");
    expect(sealed?.emailHash).toBe(identity.hashOf(delivered));
    expect(sealed?.emailHash).toBe(identity.hashOf(typed));
    expect(delivered).toMatch(/^[a-z]+@[a-z0-9.-]+$/);
  },
);

test("a sealed text opens only with its own key, and not after a change", () => {
  const sealed = identity.seal("Читатель@example.org");
  expect(identity.open(sealed)).toBe("Читатель@example.org");
  expect(identity.seal("Читатель@example.org")).not.toBe(sealed);
  expect(() => another.open(sealed)).toThrow();
  const changed = sealed.at(-4) === "A" ? "B" : "A";
  expect(() => identity.open(sealed.slice(0, -4) + changed + sealed.slice(-3))).toThrow();
});
