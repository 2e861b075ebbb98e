import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Stripe from "stripe";
import type { SandboxOptions } from "../sandbox";
import { startSandbox } from "../start";

export const TEST_WEBHOOK_SECRET = "whsec_only_for_tests";
export const TEST_API_KEY = "sk_test_bench";

export type ReceivedEvent = {
  event: Stripe.Event;
  signature: string;
};

export type TestSandbox = Awaited<ReturnType<typeof openTestSandbox>>;

export type TestSandboxOptions = Partial<
  Pick<SandboxOptions, "tries" | "timeoutMs" | "eventDays" | "payouts" | "settles">
> & {
  /** Replaces the system clock; returns Unix seconds. */
  now?: () => number;
  /** Replaces the clock of the webhook sender; returns Unix milliseconds. */
  nowMs?: () => number;
  /** Returns the HTTP status with which the endpoint answers the event; 200 by default. */
  answers?: (event: Stripe.Event, attempt: number) => number;
  /**
   * Keeps the state in a file, for a test that makes snapshots or opens the state again. Without this option the state
   * is in memory, which opens ten times faster.
   */
  inFile?: boolean;
};

export async function openTestSandbox({ answers = () => 200, inFile, ...more }: TestSandboxOptions = {}) {
  const folder = inFile ? mkdtempSync(join(tmpdir(), "stripe-sandbox-")) : null;
  const endpoint = await openTestWebhookServer(answers);
  const options = {
    port: 0,
    statePath: folder ? join(folder, "stripe.db") : ":memory:",
    retryBaseMs: 20,
    endpoint: { url: endpoint.url, secret: TEST_WEBHOOK_SECRET, key: TEST_API_KEY },
    ...more,
  };
  const started = await startSandbox(options);
  const stripe = stripeClientFor(started.url, TEST_API_KEY);

  async function close(): Promise<void> {
    await started.close();
    endpoint.closeEndpoint();
    if (folder) rmSync(folder, { recursive: true });
  }
  return { ...started, ...endpoint, options, stripe, close, closeSandbox: started.close, url: started.url };
}

export function stripeClientFor(url: string, key: string, more: Stripe.StripeConfig = {}): Stripe {
  const { hostname, port } = new URL(url);
  return new Stripe(key, { host: hostname, port, protocol: "http", telemetry: false, maxNetworkRetries: 0, ...more });
}

export async function openTestWebhookServer(
  answers: (event: Stripe.Event, attempt: number) => number,
  secret = () => TEST_WEBHOOK_SECRET,
) {
  const received: ReceivedEvent[] = [];
  const server = createServer((request, response) => void receive(request, response));
  const { webhooks } = new Stripe(TEST_API_KEY);

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const signature = String(request.headers["stripe-signature"]);
    // A test can have set the clock ahead after the event was signed, so the age of the signature is not checked.
    const event = webhooks.constructEvent(Buffer.concat(chunks), signature, secret(), Number.MAX_SAFE_INTEGER);
    received.push({ event, signature });
    const attempt = received.filter((each) => each.event.id === event.id).length;
    response.writeHead(answers(event, attempt)).end("received");
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;

  /**
   * Waits until `times` events of type `last` have arrived. Returns the types of all events received so far, and
   * forgets these events.
   */
  async function takeEventTypesUntil(last: Stripe.Event.Type, times = 1): Promise<string[]> {
    await waitUntil(() => received.filter(({ event }) => event.type === last).length >= times);
    return received.splice(0).map(({ event }) => event.type);
  }
  function closeEndpoint(): void {
    server.closeAllConnections();
    server.close();
  }
  return { received, url, takeEventTypesUntil, closeEndpoint };
}

/** The fields of the remote control's answers that tests read. No answer has all of them. */
type ControlAnswer = { error?: string; secret?: string; deliveries?: object[] };

export async function postControlAction(url: string, action: string, body: object) {
  const response = await fetch(`${url}/_sandbox/${action}`, { method: "POST", body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as ControlAnswer };
}

/** Reads a list of control data, such as `faults`. */
export async function listControlData(url: string, name: string): Promise<Record<string, unknown>[]> {
  const answer = (await (await fetch(`${url}/_sandbox/${name}`)).json()) as Record<string, Record<string, unknown>[]>;
  return answer[name] ?? [];
}

export async function waitUntil(holds: () => boolean | Promise<boolean>, limitMs = 100_000): Promise<void> {
  const start = Date.now();
  while (!(await holds())) {
    if (Date.now() - start > limitMs) throw new Error("the expected state was not reached in time");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Excludes payment methods that redirect the payer, so that an intent does not need a return_url. */
export const CONFIRM_WITHOUT_REDIRECT_PARAMS = {
  confirm: true,
  automatic_payment_methods: { enabled: true, allow_redirects: "never" },
} as const;

export const RETURN_URL = "https://site.example/thank-you?session={CHECKOUT_SESSION_ID}";

export function oneTimeGiftParams(amount = 2_000, currency = "usd"): Stripe.Checkout.SessionCreateParams {
  return {
    mode: "payment",
    success_url: RETURN_URL,
    cancel_url: "https://site.example/give",
    line_items: [
      { quantity: 1, price_data: { currency, unit_amount: amount, product_data: { name: "Reader support" } } },
    ],
    payment_intent_data: { metadata: { gift: "g_once" } },
  };
}

export function monthlyGiftParams(amount = 1_000, currency = "usd"): Stripe.Checkout.SessionCreateParams {
  const product_data = { name: "Reader support" };
  return {
    mode: "subscription",
    success_url: RETURN_URL,
    line_items: [{ price_data: { currency, unit_amount: amount, product_data, recurring: { interval: "month" } } }],
    subscription_data: { metadata: { gift: "g_monthly" } },
  };
}

const GOOD_FORM = {
  email: "reader@example.org",
  cardNumber: "4242 4242 4242 4242",
  cardExpiry: "12 / 34",
  cardCvc: "123",
  billingName: "Rosa Reader",
};

export async function submitCheckoutForm(session: Stripe.Checkout.Session, fields: Record<string, string> = {}) {
  return submitForm(session.url ?? "", { ...GOOD_FORM, ...fields });
}

export async function submitForm(url: string, fields: Record<string, string>) {
  const response = await fetch(url, { method: "POST", redirect: "manual", body: new URLSearchParams(fields) });
  return { status: response.status, location: response.headers.get("location"), page: await response.text() };
}
