// For tests: starts gifts and records them in two ledgers. `db` records the payments from events, `rebuilt` from
// Stripe's objects.
import { submitCheckoutForm } from "stripe-sandbox/testing";
import { openEmptyLedger } from "../../prisma/empty-ledger";
import { checkBooks } from "../books-check";
import { newFormToken } from "../giving/form-token";
import type { FormRoute } from "../same-origin-form";
import { recordEventsInOrder } from "./record-events";
import { setRuntimeDatabase } from "./runtime";
import { openStandIn } from "./stand-in";
import { testEnvironmentFor } from "./stripes-books";

const SITE = "http://127.0.0.1:3000";

export type GiftStartFixture = Awaited<ReturnType<typeof openGiveStartRouteFixture>>;

/** Opens the fixture. `post`: the handler of /give/start. */
export async function openGiveStartRouteFixture(post: FormRoute) {
  const bench = await openStandIn();
  Object.assign(process.env, testEnvironmentFor(bench));
  const [db, rebuilt] = await Promise.all([openEmptyLedger(), openEmptyLedger()]);
  setRuntimeDatabase(db);

  async function send(fields: Record<string, string>, token = newAgedFormToken()): Promise<string> {
    const body = new URLSearchParams({ form: token, ...fields });
    const headers = { "sec-fetch-site": "same-origin" };
    const request = new Request(`${SITE}/give/start`, { method: "POST", body, headers });
    return (await post(request, { params: Promise.resolve({}) })).headers.get("location") ?? "";
  }

  async function checkoutOf(fields: Record<string, string>) {
    const [id = ""] = /cs_test_\w+/.exec(await send(fields)) ?? [];
    return bench.stripe.checkout.sessions.retrieve(id, { expand: ["line_items"] });
  }

  async function give(fields: Record<string, string>) {
    const session = await checkoutOf(fields);
    await submitCheckoutForm(session);
    return session;
  }

  async function recordInBoth(): Promise<void> {
    await recordEventsInOrder(db, (await bench.stripe.events.list({ limit: 100 })).data);
    await checkBooks(rebuilt, { mode: "repair", graceMs: 0 });
  }

  async function close(): Promise<void> {
    await Promise.all([db.$disconnect(), rebuilt.$disconnect()]);
    await bench.close();
  }

  return { stripe: bench.stripe, db, rebuilt, send, checkoutOf, give, recordInBoth, close };
}

/**
 * Returns the token of a form that was rendered two seconds ago. The site delays its response to a form that is sent
 * sooner after rendering.
 */
export function newAgedFormToken(): string {
  return newFormToken(new Date(Date.now() - 2_000));
}

export function queryOf(url: string): URLSearchParams {
  return new URL(url, SITE).searchParams;
}
