import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import Stripe from "stripe";

export type StandIn = Awaited<ReturnType<typeof startStandIn>>;

export async function startStandIn() {
  const folder = mkdtempSync(join(tmpdir(), "stand-in-"));
  const port = await freePort();
  const env = { ...process.env, STRIPE_SANDBOX_PORT: String(port), STRIPE_SANDBOX_STATE: join(folder, "stripe.db") };
  const child = spawn(process.execPath, ["--import", "tsx", "packages/stripe-sandbox/src/main.ts"], {
    env,
    stdio: "ignore",
  });
  const url = `http://127.0.0.1:${port}`;
  await expect.poll(() => isHealthy(url)).toBe(true);
  const stripe = new Stripe("sk_test_journey", { host: "127.0.0.1", port, protocol: "http", telemetry: false });

  async function stop(): Promise<void> {
    await ended(child);
    rmSync(folder, { recursive: true });
  }
  return { url, stripe, stop };
}

async function isHealthy(url: string): Promise<boolean> {
  return fetch(`${url}/_sandbox/health`).then(
    ({ ok }) => ok,
    () => false,
  );
}

function ended(child: ChildProcess): Promise<unknown> {
  const end = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  return end;
}

async function freePort(): Promise<number> {
  const server = await listening(createServer());
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function listening(server: Server): Promise<Server> {
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

const STRIPE_JS = readFileSync("node_modules/@stripe/stripe-js/dist/pure.mjs", "utf8");

/** Also serves the real @stripe/stripe-js. */
export async function startPageServer(html: string) {
  const server = await listening(
    createServer((request, response) => {
      const isModule = request.url === "/stripe-js.mjs";
      const type = isModule ? "text/javascript" : "text/html; charset=utf-8";
      response.writeHead(200, { "content-type": type }).end(isModule ? STRIPE_JS : html);
    }),
  );
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = () => new Promise((resolve) => server.close(resolve));
  return { url, stop };
}

export async function fillInCard(page: Page | ReturnType<Page["frameLocator"]>, number = "4242424242424242") {
  await page.getByLabel("Email").fill("reader@example.org");
  await page.getByLabel("Card number").fill(number);
  await page.getByLabel("Expiry (MM / YY)").fill("12 / 34");
  await page.getByLabel("Security code (CVC)").fill("123");
  await page.getByLabel("Name on card").fill("Rosa Reader");
  await page.getByLabel("Country or region").selectOption("DE");
}
