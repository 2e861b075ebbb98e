import { unstable_doesMiddlewareMatch as doesProxyMatch } from "next/experimental/testing/server";
import { expect, test } from "vitest";
import { listEvidenceFields, maxFieldLength } from "../domain/newsroom/evidence/fields";
import { config } from "../proxy";
import { isUploadFormPath, maxFormBytes } from "./form-size";

test("evidence in Russian that is one and a half times too long still reaches the route, so that it is not lost", () => {
  const fields = listEvidenceFields("credit_not_processed");
  const typed = fields.map((name): [string, string] => [name, "я".repeat(maxFieldLength(name) * 1.5)]);
  const bytes = new URLSearchParams(typed).toString().length;
  expect(bytes).toBeLessThan(maxFormBytes("/newsroom/disputes/du_1/draft"));
  expect(maxFormBytes("/newsroom/disputes/du_1/accept/confirm")).toBe(10_000);
});

/**
 * Returns true if proxy.ts runs for the path. Next matches both the path as it was sent and the decoded path, and reads
 * the whole body if either matches.
 */
const passesProxy = (path: string) =>
  [path, decodeURIComponent(path)].some((each) => doesProxyMatch({ config, url: `http://127.0.0.1:3000${each}` }));

test("the form with files bypasses proxy.ts, where Next would read all of it before its sender is known", () => {
  expect(isUploadFormPath("/newsroom/disputes/du_1/draft")).toBe(true);
  expect(passesProxy("/newsroom/disputes/du_1/draft")).toBe(false);
  expect(passesProxy("/newsroom/disputes/du_1/submit")).toBe(true);
});

test.each(["a%2Fb", "a%5Cb", "a%3Fb", "a%23b", "a%20b", "%2E%2E", "..", "a.b", "a;b", "a%252Fb"])(
  "a path that only resembles the upload form's has the limits of other forms: %s",
  (id) => {
    const path = `/newsroom/disputes/${id}/draft`;
    expect(passesProxy(path), "as Next decodes it").toBe(true);
    expect(isUploadFormPath(path)).toBe(false);
    expect(maxFormBytes(path)).toBe(10_000);
  },
);
