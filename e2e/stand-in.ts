import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import Stripe from "stripe";
import { STRIPE_STAND_IN_URL } from "./world";

/** Opens a new account: the stand-in keeps a separate account for each key. */
export function createStandInAccount() {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const { hostname, port } = new URL(STRIPE_STAND_IN_URL);
  const stripe = new Stripe(`sk_${name}`, { host: hostname, port, protocol: "http", telemetry: false });
  return { stripe, publishableKey: `pk_${name}` };
}

const STRIPE_JS = readFileSync("node_modules/@stripe/stripe-js/dist/pure.mjs", "utf8");

/** Serves `html` at every URL, except /stripe-js.mjs, where it serves the real @stripe/stripe-js. */
export async function startPageServer(html: string) {
  const server = createServer((request, response) => {
    const isModule = request.url === "/stripe-js.mjs";
    const type = isModule ? "text/javascript" : "text/html; charset=utf-8";
    response.writeHead(200, { "content-type": type }).end(isModule ? STRIPE_JS : html);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = () => new Promise((resolve) => server.close(resolve));
  return { url, stop };
}

export async function fillInCheckout(page: Page | ReturnType<Page["frameLocator"]>, number = "4242424242424242") {
  await page.getByLabel("Email").fill("reader@example.org");
  await page.getByLabel("Card number").fill(number);
  await page.getByLabel("Expiry (MM / YY)").fill("12 / 34");
  await page.getByLabel("Security code (CVC)").fill("123");
  await page.getByLabel("Name on card").fill("Rosa Reader");
  await page.getByLabel("Country or region").selectOption("DE");
}
