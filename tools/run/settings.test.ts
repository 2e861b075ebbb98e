import { mkdtempSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readPort, requireFreePorts } from "./ports.mjs";
import { resolveStackSettings } from "./settings.mjs";

const STRIPES_OWN_KEY = `sk_test_51${"x".repeat(90)}`;
const ROOT = join(import.meta.dirname, "..", "..");

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), "appeal-settings-"));
}

test("a second start uses the secrets of the first, and only their owner can read them", () => {
  const place = newFolder();
  const first = resolveStackSettings({ folder: place, ownSettings: {} }).settings;
  expect(resolveStackSettings({ folder: place, ownSettings: {} }).settings).toEqual(first);
  expect(statSync(join(place, "secrets.env")).mode & 0o777).toBe(0o600);
});

test("given settings win over generated ones", () => {
  const ownSettings = {
    PORT: "3456",
    STRIPE_WEBHOOK_SECRET: "whsec_mine",
    STAFF_EMAILS: "me@example.org",
    SMTP_URL: "smtp://there",
  };
  const stack = resolveStackSettings({ folder: newFolder(), ownSettings });
  expect(stack.settings).toMatchObject({ ...ownSettings, SITE_URL: "http://127.0.0.1:3456" });
  expect(stack).toMatchObject({ usesStandIn: true, usesInbox: false });
});

test("with one of Stripe's own keys the Stripe stand-in is not used, and the webhook's secret is required", () => {
  const ownSettings = { STRIPE_SECRET_KEY: STRIPES_OWN_KEY };
  expect(() => resolveStackSettings({ folder: newFolder(), ownSettings })).toThrow(/STRIPE_WEBHOOK_SECRET is missing/);
  const stack = resolveStackSettings({
    folder: newFolder(),
    ownSettings: { ...ownSettings, STRIPE_WEBHOOK_SECRET: "whsec_theirs" },
  });
  expect(stack.usesStandIn).toBe(false);
  expect(stack.settings.STRIPE_API_BASE).toBeUndefined();
});

test("gifts of a real Stripe account never share a ledger with the demo's", () => {
  const place = newFolder();
  const ownSettings = { STRIPE_SECRET_KEY: STRIPES_OWN_KEY, STRIPE_WEBHOOK_SECRET: "whsec_theirs" };
  const [made, real] = [
    resolveStackSettings({ folder: place, ownSettings: {} }),
    resolveStackSettings({ folder: place, ownSettings }),
  ];
  expect(made.settings.DATABASE_URL).not.toBe(real.settings.DATABASE_URL);
});

test("a taken port is named with the variable that changes it", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await expect(requireFreePorts([{ variable: "MAIL_PORT", port, purpose: "the mail inbox" }])).rejects.toThrow(
    new RegExp(`Port ${port} \\(the mail inbox\\) is taken.*MAIL_PORT=`),
  );
  server.close();
});

test("a setting that is not a port is refused with its name", () => {
  for (const text of ["", "abc", "0", "65536", "80.5"])
    expect(() => readPort({ PORT: text }, "PORT")).toThrow(/^PORT=/);
});

test("every setting is explained in .env.example", () => {
  const settings = readFileSync(join(ROOT, "systems/env.ts"), "utf8").matchAll(/^ {2}([A-Z][A-Z_]+):/gm);
  const example = readFileSync(join(ROOT, ".env.example"), "utf8");
  for (const [, name] of settings) expect(example).toMatch(new RegExp(`\\n# .+\\n${name}=\\n`));
});
