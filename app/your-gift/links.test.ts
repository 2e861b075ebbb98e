import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { postControlAction } from "stripe-sandbox/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { publication } from "@/publication";
import { endGiftsAndErase, startErasure } from "@/systems/erasure";
import { mailedLinkKey } from "@/systems/links/link-key";
import { signToken } from "@/systems/signed-token";
import {
  openRecurringGiftFixture,
  type RecurringGiftTestEnvironment,
  type TestGift,
} from "@/systems/testing/recurring-fixture";
import { setRuntime } from "@/systems/testing/runtime";
import StopPage from "../wrong-address/[token]/page";
import { POST as stop } from "../wrong-address/[token]/stop/route";
import { POST as cancel } from "./[token]/cancel/route";
import LinkPage from "./[token]/page";
import { POST as pause } from "./[token]/pause/route";
import { GET as pay } from "./[token]/pay/route";
import { POST as renew } from "./[token]/renew/route";

const browser = vi.hoisted(() => ({ note: "", language: "" }));
// Next provides cookies and headers only inside its own server.
vi.mock("next/headers", () => ({
  cookies: async () => ({ get: () => undefined }),
  // In production, proxy.ts copies the cookie with the last form's result into the header `x-note`.
  headers: async () => new Headers({ "x-note": browser.note, "x-page-language": browser.language }),
}));

const DAY_S = 86_400;
let world: RecurringGiftTestEnvironment;
let gift: TestGift;
let token: string;

beforeAll(async () => {
  process.env.ERASURES_FILE = join(mkdtempSync(join(tmpdir(), "appeal-links-")), "erasures.jsonl");
  world = await openRecurringGiftFixture();
});
afterAll(async () => {
  vi.doUnmock("next/headers");
  await world.close();
});
beforeEach(async () => {
  browser.note = "";
  // Removes the e-mails that the previous test has left, so that this test does not read them.
  await world.mails();
  gift = await world.begin();
  token = giftLinkIn(await world.mails());
});

const giftLinkIn = (mails: string[]) => /\/your-gift\/(\S+)/.exec(mails.join("\n"))?.[1] ?? "";
const addressLinkIn = (mails: string[]) => /\/wrong-address\/(\S+)/.exec(mails.join("\n"))?.[1] ?? "";

type Route = typeof cancel;

function press(route: Route, link: string, fields: Record<string, string> = {}): Promise<number> {
  return statusOf(() => answerOf(route, link, fields));
}

function answerOf(route: Route, link: string, fields: Record<string, string>): Promise<Response> {
  const headers = { "sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded" };
  const request = new Request("http://127.0.0.1:3000/", { method: "POST", headers, body: new URLSearchParams(fields) });
  return route(request, { params: Promise.resolve({ token: link }) });
}

async function statusOf(answer: () => Promise<Response>): Promise<number> {
  try {
    const response = await answer();
    [, browser.note = ""] = /^note[^=]*=([^;]*)/.exec(response.headers.get("set-cookie") ?? "") ?? [];
    return response.status;
  } catch (error) {
    return String((error as { digest?: unknown }).digest).endsWith(";404") ? 404 : 500;
  }
}

async function pageOf(link: string): Promise<string> {
  const text = textOf(await LinkPage({ params: Promise.resolve({ token: link }) }));
  browser.note = "";
  return text;
}

function textOf(page: ReactElement): string {
  return renderToStaticMarkup(page)
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ");
}

function signed(more: {
  at?: Date;
  subscriptionId?: string;
  epoch?: number;
  purpose?: string;
  secret?: Buffer;
}): string {
  const { at = new Date(Date.now() + DAY_S * 1000), subscriptionId = gift.subscriptionId, epoch = 0 } = more;
  const { purpose = "gift-link", secret = mailedLinkKey("gift") } = more;
  return signToken({ purpose, secret, boundTo: publication.id, at, id: `${subscriptionId}-${epoch}` });
}

async function stateOf({ id, subscriptionId }: TestGift) {
  const { status, cancel_at, cancel_at_period_end, pause_collection } =
    await world.bench.stripe.subscriptions.retrieve(subscriptionId);
  return {
    atStripe: { status, cancel_at, cancel_at_period_end, pause_collection },
    here: await world.db.recurringGift.findUniqueOrThrow({ where: { id } }),
  };
}

describe("the holder of the gift's own link", () => {
  test("sees the gift, its next payment and both buttons, but no e-mail address", async () => {
    const page = await pageOf(token);
    expect(page).toContain("$10 a month");
    expect(page).toContain("Pause this gift");
    expect(page).toContain("Cancel this gift");
    expect(page).not.toContain("@example.org");
    expect(page).not.toContain("supporter-");
  });

  test("cancels at the end of the paid period, once, however often the button is pressed", async () => {
    expect(await press(cancel, token)).toBe(303);
    expect(await pageOf(token)).toContain("The gift is canceled.");
    expect((await stateOf(gift)).atStripe).toMatchObject({ status: "active", cancel_at_period_end: true });
    world.proxy.takeChanges();
    expect(await press(cancel, token)).toBe(303);
    expect(await press(pause, token, { months: "1" })).toBe(303);
    expect(world.proxy.takeChanges()).toEqual([]);
  });

  test("can pause until the day that the form showed", async () => {
    const promised = /2 months: ([^(]*? \d{4})/.exec(await pageOf(token))?.[1] ?? "none";
    await press(pause, token, { months: "2" });
    const page = await pageOf(token);
    expect(page).toContain(`The gift is paused. Nothing is charged until then. The next payment is on ${promised}.`);
    expect((await stateOf(gift)).here).toMatchObject({ status: "paused", cancelAt: null });
  });

  test("cannot pause for another number of months than those offered", async () => {
    for (const months of ["0", "13", "", "-1", "1.5", "1e1"]) {
      await press(pause, token, { months });
      expect((await stateOf(gift)).atStripe.pause_collection, months).toBeNull();
    }
  });

  test("gets an error message if Stripe answers but changes nothing", async () => {
    await world.proxy.whileSwallowing(() => press(cancel, token));
    expect(await pageOf(token)).toContain("That did not work just now.");
    expect((await stateOf(gift)).here).toMatchObject({ cancelAt: null });
  });

  test("can still use the link after thirteen months, but not after fifteen", async () => {
    onTestFinished(() => setRuntime({ clockAheadMs: 0 }));
    setRuntime({ clockAheadMs: 396 * DAY_S * 1000 });
    expect(await pageOf(token)).toContain("Cancel this gift");
    setRuntime({ clockAheadMs: 456 * DAY_S * 1000 });
    expect(await pageOf(token)).toContain("This link no longer works");
  });
});

test("the link still pauses and cancels a gift whose supporter is no longer known", async () => {
  await world.db.payment.updateMany({ where: { recurringGiftId: gift.id }, data: { supporterId: null } });
  await world.db.recurringGift.update({ where: { id: gift.id }, data: { supporterId: null } });
  expect(await press(pause, token, { months: "2" })).toBe(303);
  expect((await stateOf(gift)).here.status).toBe("paused");
  expect(await press(cancel, token)).toBe(303);
  expect((await stateOf(gift)).atStripe.cancel_at_period_end).toBe(true);
});

test("the button to pay leads to an explanation if Stripe refuses or fails, and if nothing is open", async () => {
  const askToPay = () =>
    statusOf(() => pay(new Request("http://127.0.0.1:3000/"), { params: Promise.resolve({ token }) }));
  const UNSURE = "No payment is open, or Stripe did not answer.";
  for (const fault of [{ does: "error", status: 400 }, { does: "error", status: 500 }, { does: "reset" }]) {
    await postControlAction(world.bench.url, "call-faults", fault);
    expect(await askToPay()).toBe(303);
    expect(await pageOf(token), JSON.stringify(fault)).toContain(UNSURE);
    await postControlAction(world.bench.url, "end-faults", {});
  }
  expect(await askToPay()).toBe(303);
  expect(await pageOf(token)).toContain(UNSURE);
});

test("after an erasure, the link says that the gift has ended, and its buttons change nothing and send no e-mail", async () => {
  const { supporterId } = await world.db.recurringGift.findUniqueOrThrow({ where: { id: gift.id } });
  await startErasure(world.db, supporterId ?? "", { isSilent: true });
  await endGiftsAndErase(world.db, supporterId ?? "");
  const before = await stateOf(gift);
  expect(before.atStripe.status).toBe("canceled");
  const page = await pageOf(token);
  expect(page).toContain("has ended");
  expect(page).not.toContain("Cancel this gift");
  for (const route of [pause, cancel]) await press(route, token, { months: "2" });
  expect(await stateOf(gift)).toEqual(before);
  expect(await world.mails()).toEqual([]);
});

test("the e-mail to a Russian supporter leads to Russian pages, before and after their buttons", async () => {
  Object.assign(publication, { languages: ["en", "ru"] });
  browser.language = "ru";
  onTestFinished(async () => {
    Object.assign(publication, { languages: ["en"] });
    browser.language = "";
    await world.db.mailStop.deleteMany();
  });
  await world.db.supporter.updateMany({ data: { locale: "ru" } });
  const old = signed({ at: new Date(Date.now() - 1000) });
  expect(await pageOf(old)).toContain("Ссылка больше не работает");
  const renewed = await answerOf(renew, old, { language: "ru" });
  expect(renewed.headers.get("location")).toBe(`/your-gift/${old}?language=ru`);
  const mails = await world.mails();
  const [link = "", query] = giftLinkIn(mails).split("?");
  expect([query, addressLinkIn(mails).split("?")[1]]).toEqual(["language=ru", "language=ru"]);
  expect(await pageOf(link)).not.toMatch(/[A-Za-z]{3} [a-z]{2}/);
  const answer = await answerOf(cancel, link, { language: "ru" });
  expect(answer.headers.get("location")).toBe(`/your-gift/${link}?language=ru`);
  const stopped = await answerOf(stop, addressLinkIn(mails).split("?")[0] ?? "", { language: "ru" });
  expect(stopped.headers.get("location")).toMatch(/^\/wrong-address\/\S+\?language=ru$/);
});

test("an expired link can be exchanged by e-mail for a new link once a day, and the new link works", async () => {
  const old = signed({ at: new Date(Date.now() - 1000) });
  expect(await pageOf(old)).toContain("This link no longer works");
  await press(renew, old);
  expect(await pageOf(old)).toContain("We have emailed a new link");
  await press(renew, old);
  const mails = await world.mails();
  expect(mails).toHaveLength(1);
  expect(mails[0]).toContain("Here is your new link");
  await press(cancel, giftLinkIn(mails));
  expect((await stateOf(gift)).atStripe.cancel_at_period_end).toBe(true);
});

test("an expired link of an unknown supporter gets the same answer, and no e-mail is sent", async () => {
  await world.db.recurringGift.update({ where: { id: gift.id }, data: { supporterId: null } });
  const old = signed({ at: new Date(Date.now() - 1000) });
  await press(renew, old);
  expect(await pageOf(old)).toContain("We have emailed a new link");
  expect(await world.mails()).toEqual([]);
});

describe("'this was not me'", () => {
  test("stops all e-mail to the address and revokes the gift's links, and the gift stays as it is", async () => {
    await world.begin({ email: gift.email });
    const link = addressLinkIn(await world.mails());
    const before = await stateOf(gift);
    expect(textOf(await StopPage({ params: Promise.resolve({ token: link }) }))).toContain(
      "Stop email to your address?",
    );
    expect(await world.db.mailStop.count()).toBe(0);
    expect(await press(stop, link)).toBe(303);
    expect(await press(stop, link)).toBe(303);
    expect(textOf(await StopPage({ params: Promise.resolve({ token: link }) }))).toContain("has stopped");
    const after = await stateOf(gift);
    expect(after).toEqual({ ...before, here: { ...before.here, linkEpoch: 1 } });
    expect(await pageOf(token)).toContain("This link no longer works");
    await world.begin({ email: gift.email });
    expect(await world.mails()).toEqual([]);
  });

  test("answers 404 to a made-up link and stops nothing", async () => {
    const before = await world.db.mailStop.count();
    for (const link of ["none", "AAAA", "x".repeat(300)]) expect(await press(stop, link), link).toBe(404);
    expect(await world.db.mailStop.count()).toBe(before);
  });
});
