import { expect, it } from "vitest";
import { safeRedirectPath } from "./safe-redirect";

it.each([
  "/",
  "/supporters",
  "/supporters/letters/where-a-thousand-dollars-goes",
  "/supporters/recurring/1?amount=10.50",
  "/newsroom?month=2026-11",
  "/give?every=month&currency=USD",
])("returns %s", (path) => {
  expect(safeRedirectPath(path)).toBe(path);
});

it.each([
  "",
  "supporters",
  "//evil.example",
  "///evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "/..//evil.example",
  "/a/..//evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  " /supporters",
  "/supporters\r\nSet-Cookie: a=b",
  "https://evil.example",
  "https:/evil.example",
  "javascript:alert(1)",
  "data:text/html,x",
  "/supporters#https://evil.example",
  "/supporters@evil.example",
  "/api/auth/signout",
  `/${"a".repeat(300)}`,
  undefined,
  null,
  7,
  ["/supporters"],
])("returns the sign-in page for %j", (path) => {
  expect(safeRedirectPath(path)).toBe("/sign-in");
});

it("returns only paths that a browser resolves on this site", () => {
  for (const path of ["/supporters", "/%2F%2Fevil.example", "/%5Cevil.example", "/?next=//evil.example", "/..%2f..%2f"])
    expect(new URL(safeRedirectPath(path), "https://site.example").origin).toBe("https://site.example");
});
