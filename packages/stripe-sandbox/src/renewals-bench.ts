// `npm run renewals [-- COUNT]`: measures how long COUNT subscriptions (10,000 by default) take to renew when the
// clock is moved forward once. It does not measure the delivery of their webhooks.
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accountIdOf } from "./account";
import { advanceAccountClock } from "./payment-flows/handle-due-objects";
import { createCustomer } from "./resources/customers";
import { attachMethod, findOrCreateMethod } from "./resources/payment-methods";
import { createPrice } from "./resources/price-object";
import { createProduct } from "./resources/products";
import { createSubscription } from "./resources/subscription-object";
import { startSandbox } from "./start";

const KEY = "sk_test_renewals";
const DAY = 86_400;

async function main(count: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "renewals-"));
  // This endpoint accepts every event. If it refused `invoice.created`, the stand-in would delay charging the invoice
  // for up to three days, as Stripe does.
  const hook = createServer((request, response) => request.resume().on("end", () => response.end()));
  await new Promise<void>((resolve) => hook.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/hook`;
  const endpoint = { url, secret: "whsec_bench", key: KEY };
  const { sandbox, close } = await startSandbox({
    port: 0,
    statePath: join(folder, "stripe.db"),
    retryBaseMs: 3_600_000,
    endpoint,
  });
  const id = accountIdOf(KEY);
  sandbox.store.transaction(() => {
    const account = sandbox.account(id, { mayEmit: () => false });
    const product = createProduct(account, { name: "Reader support" });
    const recurring = {
      interval: "month",
      interval_count: 1,
      usage_type: "licensed",
      trial_period_days: null,
      meter: undefined,
    } as const;
    const price = createPrice(account, { currency: "usd", unit_amount: 1_000, product: product.id, recurring });
    for (let index = 0; index < count; index += 1) {
      const customer = createCustomer(account, { email: `reader${index}@example.org` });
      const method = attachMethod(account, findOrCreateMethod(account, "pm_card_visa", "payment_method"), customer.id);
      const prices = [{ price, quantity: 1 }];
      createSubscription(account, { customer, method: method.id, items: prices, metadata: {}, description: null });
    }
  });
  const started = performance.now();
  await advanceAccountClock(sandbox, id, 32 * DAY);
  const seconds = (performance.now() - started) / 1000;
  const paid = sandbox.store.list(id, "invoice", { where: { "$.status": "paid" }, limit: count + 1 }).length;
  const memory = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(`${paid} of ${count} renewed in ${seconds.toFixed(1)} s, at most ${memory.toFixed(0)} MB\n`);
  await close();
  hook.closeAllConnections();
  hook.close();
  rmSync(folder, { recursive: true });
}

await main(Number(process.argv[2] ?? 10_000));
