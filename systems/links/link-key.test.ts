import { expect, test, vi } from "vitest";
import { testEnvironmentFor } from "../testing/stripes-books";

async function keyWith(settings: Record<string, string>): Promise<string> {
  Object.assign(process.env, testEnvironmentFor({ url: "http://127.0.0.1:9" }), settings);
  vi.resetModules();
  const { mailedLinkKey } = await import("./link-key");
  return mailedLinkKey("gift").toString("hex");
}

test("links in e-mails survive a new IDENTITY_KEY, but not a new NEXTAUTH_SECRET", async () => {
  const before = await keyWith({});
  expect(await keyWith({ IDENTITY_KEY: Buffer.alloc(32, 9).toString("base64") })).toBe(before);
  expect(await keyWith({ NEXTAUTH_SECRET: "y".repeat(32) })).not.toBe(before);
});
