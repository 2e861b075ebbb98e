import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseCommand } from "./settings";
import { bundleMainCommand, removeStaleBundles } from "./testing/bundled-main";
import { stripeClientFor, waitUntil } from "./testing/test-sandbox";

const MAIN = await bundleMainCommand();

function start(...args: string[]) {
  const env: NodeJS.ProcessEnv = { NODE_ENV: "test", PATH: process.env.PATH };
  const child = spawn(process.execPath, [MAIN, "--state", ":memory:", ...args], { env });
  const output = { out: "", err: "" };
  child.stdout.on("data", (text) => {
    output.out += text;
  });
  child.stderr.on("data", (text) => {
    output.err += text;
  });
  const ended = once(child, "exit").then(([code]) => code as number);
  return { child, output, ended };
}

test("bundles of ended processes are removed, and those of running processes stay", () => {
  const folder = mkdtempSync(join(tmpdir(), "stripe-sandbox-bundles-"));
  const { pid: ended } = spawnSync(process.execPath, ["--version"]);
  for (const pid of [ended, process.pid]) writeFileSync(join(folder, `main-${pid}.mjs`), "");
  removeStaleBundles(folder);
  expect(readdirSync(folder)).toEqual([`main-${process.pid}.mjs`]);
  rmSync(folder, { recursive: true });
});

test("the command prints its options with --help", () => {
  const command = parseCommand(["--help"], {});
  const text = command.kind === "help" ? command.text : "";
  for (const option of ["--port", "--state", "--seed", "--endpoint", "--secret", "--key", "STRIPE_SANDBOX_SEED"])
    expect(text).toContain(option);
});

test("options override the environment, and an invalid option throws an error that names it", () => {
  const env = { STRIPE_SANDBOX_PORT: "5000", STRIPE_SANDBOX_SEED: "", STRIPE_SANDBOX_TRIES: "as-stripe" };
  expect(parseCommand(["--port", "6000"], env)).toMatchObject({
    options: { port: 6000, seed: null, tries: "as-stripe", statePath: ".demo/stripe.db", endpoint: null },
  });
  expect(parseCommand([], env)).toMatchObject({ options: { port: 5000 } });
  expect(() => parseCommand([], { STRIPE_SANDBOX_PORT: "many" })).toThrow("STRIPE_SANDBOX_PORT");
  expect(() => parseCommand(["--endpoint", "http://127.0.0.1:3000/hook"], {})).toThrow("STRIPE_SECRET_KEY");
  expect(() => parseCommand(["--colour"], {})).toThrow("--colour");
});

test("the command reports a taken port without a stack trace", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const { output, ended } = start("--port", String((taken.address() as AddressInfo).port));
  expect(await ended).toBe(1);
  expect(output.err).toContain("The port is taken");
  expect(output.err).not.toContain("    at ");
  taken.close();
});

test("the stand-in exits cleanly in the middle of a delivery, and listens on this machine only", async () => {
  let deliveries = 0;
  const silent = createServer(() => {
    deliveries += 1;
  }).listen(0, "127.0.0.1");
  await once(silent, "listening");
  const hook = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/hook`;
  const key = "sk_test_cli";
  const { child, output, ended } = start("--port", "0", "--endpoint", hook, "--secret", "whsec_cli", "--key", key);
  await waitUntil(() => output.out.includes("listens on"));
  const url = /http:\S+/.exec(output.out)?.[0] ?? "";
  await stripeClientFor(url, key).products.create({ name: "P" });
  await waitUntil(() => deliveries === 1);
  const port = Number(new URL(url).port);
  for (const address of otherAddresses()) expect(await isOpen(address, port), address).toBe(false);
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
  expect(output.err).toBe("");
  silent.closeAllConnections();
  silent.close();
});

function otherAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return all.filter(({ internal, family }) => !internal && family === "IPv4").map(({ address }) => address);
}

function isOpen(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port })
      .once("connect", () => {
        socket.destroy();
        resolve(true);
      })
      .once("error", () => resolve(false));
  });
}
