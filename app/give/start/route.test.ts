import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openStandIn, type StandIn } from "@/systems/testing/stand-in";
import { defaultCurrencyOf, type Publication } from "../../../domain/publication";
import { createFreshLedgerAndSettings } from "../../../prisma/fresh-ledger";
import { publication as ours } from "../../../publication";
import type { FormRoute } from "../../../systems/same-origin-form";
import { testEnvironmentFor } from "../../../systems/testing/stripes-books";

const publication: Publication = ours;
const currency = defaultCurrencyOf(publication);
const amount = String(publication.currencies[currency]?.presets.once[0]);
let bench: StandIn;
let post: FormRoute;

beforeAll(async () => {
  // The stand-in has its own clock, which does not change when a test sets the server's clock back.
  bench = await openStandIn({ now: () => Math.floor((performance.timeOrigin + performance.now()) / 1000) });
  const settings = { ...testEnvironmentFor(bench), ...(await createFreshLedgerAndSettings()) };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  post = (await import("./route")).POST;
});
afterAll(async () => {
  const { database } = await import("../../../systems/database");
  await (await database()).$disconnect();
  await bench.close();
});

async function token(): Promise<string> {
  const { newFormToken } = await import("../../../systems/giving/form-token");
  return newFormToken(new Date(Date.now() - 2_000));
}

async function send(): Promise<string> {
  const body = new URLSearchParams({ form: await token(), every: "once", amount, currency });
  const headers = { origin: "http://127.0.0.1:3000", "sec-fetch-site": "same-origin" };
  const request = new Request("http://127.0.0.1:3000/give/start", { method: "POST", body, headers });
  const answer = await post(request, { params: Promise.resolve({}) });
  expect(answer.status).toBe(303);
  return answer.headers.get("location") ?? "";
}

async function sendWithClockSlowBy(minutes: number): Promise<string> {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() - minutes * 60_000 });
  try {
    return await send();
  } finally {
    vi.useRealTimers();
  }
}

async function problemShownAt(location: string): Promise<unknown> {
  const { getServerSideProps } = await import("../../../pages/give");
  const query = Object.fromEntries(new URL(location, "http://127.0.0.1:3000").searchParams);
  const answer = await getServerSideProps({ query } as never);
  return "props" in answer ? (await answer.props).problem : undefined;
}

test("opens Checkout even if this machine's clock is an hour slow", async () => {
  expect(await sendWithClockSlowBy(59)).toMatch(`${bench.url}/c/pay/`);
});

test("reports that Stripe refused, not that it was unreachable", async () => {
  const location = await sendWithClockSlowBy(180);
  expect(location).toContain("problem=refused");
  expect(location).toContain(`amount=${amount}`);
});

test("reports that Stripe was unreachable", async () => {
  await bench.close();
  const location = await send();
  expect(location).toContain("problem=unreachable");
  expect(await problemShownAt(location)).toBe("unreachable");
});

test("shows no error message for a made-up link", async () => {
  expect(await problemShownAt("/give?problem=unreachable")).toBeNull();
  expect(await problemShownAt("/give?problem=unreachable&signature=1.AAAA")).toBeNull();
});
