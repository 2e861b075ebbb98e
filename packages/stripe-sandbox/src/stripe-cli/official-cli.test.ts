import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { installCli, runCli, startCli } from "../testing/official-cli";
import { everyNthUnlessFullRun, isFullRun } from "../testing/scope";
import { openTestSandbox, stripeClientFor, TEST_API_KEY, type TestSandbox, waitUntil } from "../testing/test-sandbox";
import { STRIPE_CLI_TRIGGER_EVENTS } from "./triggers";

const isThere = await installCli();

let bench: TestSandbox;
const home = mkdtempSync(join(tmpdir(), "stripe-cli-"));

beforeAll(async () => {
  bench = await openTestSandbox();
});
afterAll(async () => {
  await bench.close();
  rmSync(home, { recursive: true });
});

/** `key`: at least twelve characters, because the command line refuses a shorter key. */
const optionsFor = (key: string) => ({ url: bench.url, key, home });
const CLI_KEY = `${TEST_API_KEY}_of_the_command_line`;
const stripeAs = (key: string) => stripeClientFor(bench.url, key);

async function answerOf(...args: string[]) {
  const { code, output } = await runCli(args, optionsFor(CLI_KEY));
  expect(code, output).toBe(0);
  return JSON.parse(output.slice(output.indexOf("{"), output.lastIndexOf("}") + 1));
}

describe.skipIf(!isThere)("the official command line", () => {
  test("the official command line creates, reads, lists and deletes objects", async () => {
    const customer = await answerOf("post", "/v1/customers", "-d", "email=reader@example.org", "-d", "metadata[a]=1");
    expect(customer).toMatchObject({ object: "customer", email: "reader@example.org", metadata: { a: "1" } });
    expect(await answerOf("get", customer.id)).toMatchObject({ id: customer.id });
    // Both commands send the same request, so the usual run tests only the first.
    const lists = [
      ["customers", "list"],
      ["get", "/v1/customers"],
    ];
    for (const list of everyNthUnlessFullRun(2, lists))
      expect(await answerOf(...list, "--limit", "1")).toMatchObject({ data: [{ id: customer.id }] });
    expect(await answerOf("delete", `/v1/customers/${customer.id}`, "--confirm")).toMatchObject({ deleted: true });
  });

  test.skipIf(!isFullRun)("the official command line creates an object with a resource's own command", async () => {
    expect(await answerOf("products", "create", "--name", "Fund")).toMatchObject({ object: "product", name: "Fund" });
  });

  test("the official command line runs a fixtures file whose steps use earlier answers", async () => {
    const file = join(home, "fixtures.json");
    const customer = { name: "payer", path: "/v1/customers", method: "post", params: { name: "Rosa" } };
    const intent = {
      name: "gift",
      path: "/v1/payment_intents",
      method: "post",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the command line's own syntax.
      params: { amount: 500, currency: "usd", payment_method_types: ["card"], customer: "${payer:id}" },
    };
    writeFileSync(file, JSON.stringify({ _meta: { template_version: 0 }, fixtures: [customer, intent] }));
    const { code, output } = await runCli(["fixtures", file], optionsFor(CLI_KEY));
    expect(code, output).toBe(0);
    const { data } = await stripeAs(CLI_KEY).paymentIntents.list({ expand: ["data.customer"] });
    expect(data[0]?.customer).toMatchObject({ name: "Rosa" });
  });

  test("the official command line triggers each tested event in the list of triggers", async () => {
    const failed: string[] = [];
    // Each trigger starts the command line twice, which is slow. So the usual run tries only one trigger in 24. It also
    // tries checkout.session.async_payment_failed, because nothing but this command line uses the endpoints in
    // payment-pages.ts.
    const waiting = [
      ...new Set(["checkout.session.async_payment_failed", ...everyNthUnlessFullRun(24, STRIPE_CLI_TRIGGER_EVENTS)]),
    ];
    const work = async () => {
      for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
        const key = `sk_test_trigger_${name.replaceAll(".", "_")}`;
        const { output } = await runCli(["trigger", name], optionsFor(key));
        const hasEvent = async () => (await stripeAs(key).events.list({ type: name })).data.length > 0;
        // Waits, because the bank decides a debit a moment after the trigger.
        const came = await waitUntil(hasEvent).then(
          () => true,
          () => false,
        );
        if (!came || !output.includes("Trigger succeeded")) failed.push(`${name}: ${output}`);
      }
    };
    await Promise.all([work(), work(), work()]);
    expect(failed).toEqual([]);
  });

  test("with `stripe listen` an event reaches the local URL, signed with the shown secret, and again after a resend", async () => {
    const received: { type: string; id: string }[] = [];
    const signatures: string[] = [];
    const hook = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      const body = Buffer.concat(chunks).toString();
      signatures.push(String(request.headers["stripe-signature"]), body);
      received.push(JSON.parse(body));
      response.end("taken");
    });
    await new Promise<void>((resolve) => hook.listen(0, "127.0.0.1", resolve));
    const hookUrl = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/hook`;
    const cli = startCli(["listen", "--all-snapshot", "--forward-to", hookUrl], optionsFor(CLI_KEY));
    await waitUntil(() => cli.output().includes("Ready!"));
    const secret = /whsec_\w+/.exec(cli.output())?.[0] ?? "";

    const { id } = await stripeAs(CLI_KEY).customers.create({ name: "Heard" });
    await waitUntil(() => received.some(({ type }) => type === "customer.created"));
    const [signature = "", body = ""] = signatures;
    expect(new Stripe(CLI_KEY).webhooks.constructEvent(body, signature, secret).data.object).toMatchObject({ id });

    const [event] = received;
    const resent = await runCli(["events", "resend", event?.id ?? ""], optionsFor(CLI_KEY));
    expect(resent.code, resent.output).toBe(0);
    await waitUntil(() => received.filter((each) => each.id === event?.id).length === 2);
    await cli.stop();
    hook.closeAllConnections();
    hook.close();
  });

  test("the official command line resends an event to an endpoint", async () => {
    await bench.stripe.customers.create({ name: "Twice" });
    await bench.takeEventTypesUntil("customer.created");
    const { data } = await bench.stripe.events.list({ type: "customer.created", limit: 1 });
    const { data: endpoints } = await bench.stripe.webhookEndpoints.list();
    const args = ["events", "resend", data[0]?.id ?? "", "--webhook-endpoint", endpoints[0]?.id ?? ""];
    const { code, output } = await runCli(args, optionsFor(TEST_API_KEY));
    expect(code, output).toBe(0);
    expect(await bench.takeEventTypesUntil("customer.created")).toEqual(["customer.created"]);
  });
});

test("a command line that connects later does not get the resends that none has heard", async () => {
  const key = `${TEST_API_KEY}_of_a_late_listener`;
  await stripeAs(key).customers.create({ name: "Old" });
  const { data } = await stripeAs(key).events.list({ type: "customer.created" });
  await stripeAs(key).rawRequest("POST", `/v1/events/${data[0]?.id}/retry`, { for_stripecli: true });
  const { websocket_url, websocket_id } = await openListenSession(key);
  const { WebSocket } = await import("ws");
  const socket = new WebSocket(websocket_url, { headers: { "websocket-id": websocket_id } });
  const heard: string[] = [];
  socket.on("message", (message) => {
    const { event_payload } = JSON.parse(String(message)) as { event_payload: string };
    heard.push((JSON.parse(event_payload) as Stripe.Event).type);
  });
  await new Promise((resolve) => socket.once("open", resolve));
  await stripeAs(key).products.create({ name: "New" });
  await waitUntil(() => heard.includes("product.created"));
  socket.terminate();
  expect(heard).toEqual(["product.created"]);
});

test("a websocket of an unknown session is refused with 401", async () => {
  const { websocket_url } = await openListenSession(TEST_API_KEY);
  expect(websocket_url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\//);
  const { WebSocket } = await import("ws");
  const socket = new WebSocket(websocket_url, { headers: { "websocket-id": "cliws_unknown" } });
  const status = await new Promise((resolve) =>
    socket.once("unexpected-response", (_, { statusCode }) => resolve(statusCode)),
  );
  expect(status).toBe(401);
  socket.on("error", () => undefined).terminate();
});

async function openListenSession(key: string): Promise<{ websocket_url: string; websocket_id: string }> {
  const response = await fetch(`${bench.url}/v1/stripecli/sessions`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}` },
    body: new URLSearchParams({ device_name: "test" }),
  });
  return (await response.json()) as { websocket_url: string; websocket_id: string };
}
