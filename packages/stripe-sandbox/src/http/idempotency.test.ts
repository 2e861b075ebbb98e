import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { accountIdOf } from "../account";
import { replaceBalanceEndpoints } from "../testing/broken-endpoint";
import { rawCall } from "../testing/raw-call";
import { openTestSandbox, TEST_API_KEY, type TestSandbox } from "../testing/test-sandbox";

let bench: TestSandbox;
let now = 1_800_000_000;
const DAY = 24 * 3600;

beforeAll(async () => {
  bench = await openTestSandbox({ now: () => now });
});
afterAll(() => bench.close());

describe("an idempotency key", () => {
  const post = (path: string, body: string, key: string) =>
    rawCall(bench.url, path, { method: "POST", body, headers: { "idempotency-key": key } });

  test("an idempotency key returns the same answer to the same parameters in any order, and names the first request", async () => {
    const first = await post("/v1/customers", "name=A&email=a@example.org", "order");
    const second = await post("/v1/customers", "email=a@example.org&name=A", "order");
    expect(second.json).toEqual(first.json);
    expect(second.headers.get("idempotent-replayed")).toBe("true");
    expect(second.headers.get("original-request")).toBe(first.headers.get("request-id"));
  });

  test("an idempotency key is refused with another path, and if it is too long", async () => {
    await post("/v1/customers", "name=A", "path");
    const other = await post("/v1/products", "name=A", "path");
    expect(other).toMatchObject({ status: 400, json: { error: { type: "idempotency_error" } } });
    expect((await post("/v1/customers", "name=A", "k".repeat(256))).status).toBe(400);
  });

  test("an idempotency key replays a declined card, and an internal error", async () => {
    const body =
      "amount=500&currency=usd&confirm=true&payment_method=pm_card_visa_chargeDeclined&payment_method_types[]=card";
    const declined = await post("/v1/payment_intents", body, "declined");
    expect(declined.status).toBe(402);
    expect((await post("/v1/payment_intents", body, "declined")).json).toEqual(declined.json);

    const stderr = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const run = vi.fn(() => {
      throw new Error("broken on purpose");
    });
    const undo = replaceBalanceEndpoints(run);
    const broken = await post("/v1/balance", "", "broken");
    const again = await post("/v1/balance", "", "broken");
    undo();
    stderr.mockRestore();
    expect(broken).toMatchObject({ status: 500, json: { error: { type: "api_error" } } });
    expect(again).toMatchObject({ status: 500, json: broken.json });
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect(run).toHaveBeenCalledTimes(1);
  });

  test("an idempotency key replays a decline that refuses a subscription, and no subscription is kept", async () => {
    const { id: customer } = (await post("/v1/customers", "payment_method=pm_card_chargeCustomerFail", "refused-c"))
      .json;
    const { data } = (await rawCall(bench.url, `/v1/customers/${customer}/payment_methods`)).json;
    const { id: product } = (await post("/v1/products", "name=P", "refused-p")).json;
    const price = `items[0][price_data][currency]=usd&items[0][price_data][product]=${product}&items[0][price_data][unit_amount]=500`;
    const terms = `items[0][price_data][recurring][interval]=month&payment_behavior=error_if_incomplete`;
    const body = `customer=${customer}&default_payment_method=${data[0].id}&${price}&${terms}`;
    const refused = await post("/v1/subscriptions", body, "refused");
    expect(refused.status).toBe(402);
    const again = await post("/v1/subscriptions", body, "refused");
    expect([again.status, again.headers.get("idempotent-replayed")]).toEqual([402, "true"]);
    expect((await post("/v1/subscriptions", body, "refused-2")).headers.get("idempotent-replayed")).toBeNull();
    const subscriptions = await rawCall(bench.url, `/v1/subscriptions?customer=${customer}&status=all`);
    expect(subscriptions.json.data).toEqual([]);
  });

  test("an idempotency key expires after a day", async () => {
    const first = await post("/v1/customers", "name=A", "day");
    now += DAY - 1;
    expect((await post("/v1/customers", "name=A", "day")).json.id).toBe(first.json.id);
    now += 1;
    const fresh = await post("/v1/customers", "name=A", "day");
    expect(fresh.json.id).not.toBe(first.json.id);
    const stored = bench.sandbox.store
      .sql("SELECT count(*) AS count FROM answers WHERE account = ?")
      .get(accountIdOf(TEST_API_KEY));
    expect(stored).toEqual({ count: 1 });
  });
});
