import { beforeAll, expect, test } from "vitest";
import { isSameOrigin } from "./origin";

beforeAll(() => {
  process.env.SITE_URL = "https://support.example.org";
});

test.each([
  [{ "sec-fetch-site": "same-origin", origin: "null" }, true],
  [{ "sec-fetch-site": "cross-site", origin: "https://support.example.org" }, false],
  [{ "sec-fetch-site": "same-site" }, false],
  [{ "sec-fetch-site": "none" }, false],
  [{ origin: "https://support.example.org" }, true],
  [{ origin: "https://support.example.org.evil.example" }, false],
  [{ origin: "null" }, true],
  [{ "sec-fetch-site": "cross-site", origin: "null" }, false],
  [{ origin: "https://evil.example" }, false],
  [{}, false],
] as const)("a POST with the headers %j is from this site: %s", (headers, same) => {
  expect(isSameOrigin(new Request("https://support.example.org/give/start", { method: "POST", headers }))).toBe(same);
});
