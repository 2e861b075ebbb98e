import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { networkInterfaces } from "node:os";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readCommand } from "./settings";
import { clientFor, until } from "./testing/bench";

const MAIN = fileURLToPath(new URL("main.ts", import.meta.url));

/** The stand-in as a process of its own, as the command starts it. */
function start(...args: string[]) {
  const env: NodeJS.ProcessEnv = { NODE_ENV: "test", PATH: process.env.PATH };
  const child = spawn(process.execPath, ["--import", "tsx", MAIN, "--state", ":memory:", ...args], { env });
  const said = { out: "", err: "" };
  child.stdout.on("data", (text) => {
    said.out += text;
  });
  child.stderr.on("data", (text) => {
    said.err += text;
  });
  const ended = once(child, "exit").then(([code]) => code as number);
  return { child, said, ended };
}

test("it says what it takes", () => {
  const command = readCommand(["--help"], {});
  const text = command.kind === "help" ? command.text : "";
  for (const option of ["--port", "--state", "--seed", "--endpoint", "--secret", "--key", "STRIPE_SANDBOX_SEED"])
    expect(text).toContain(option);
});

test("the command line goes before the environment, and what makes no sense stops the start with its name", () => {
  const env = { STRIPE_SANDBOX_PORT: "5000", STRIPE_SANDBOX_SEED: "", STRIPE_SANDBOX_TRIES: "as-stripe" };
  expect(readCommand(["--port", "6000"], env)).toMatchObject({
    options: { port: 6000, seed: null, tries: "as-stripe", statePath: ".demo/stripe.db", endpoint: null },
  });
  expect(readCommand([], env)).toMatchObject({ options: { port: 5000 } });
  expect(() => readCommand([], { STRIPE_SANDBOX_PORT: "many" })).toThrow("STRIPE_SANDBOX_PORT");
  expect(() => readCommand(["--endpoint", "http://127.0.0.1:3000/hook"], {})).toThrow("STRIPE_SECRET_KEY");
  expect(() => readCommand(["--colour"], {})).toThrow("--colour");
});

test("a port that is taken is told in one clear line", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const { said, ended } = start("--port", String((taken.address() as AddressInfo).port));
  expect(await ended).toBe(1);
  expect(said.err).toContain("The port is taken");
  expect(said.err).not.toContain("    at ");
  taken.close();
});

test("it ends cleanly in the middle of a delivery, and listens to this machine only", async () => {
  let asked = 0;
  const silent = createServer(() => {
    asked += 1;
  }).listen(0, "127.0.0.1");
  await once(silent, "listening");
  const hook = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/hook`;
  const key = "sk_test_cli";
  const { child, said, ended } = start("--port", "0", "--endpoint", hook, "--secret", "whsec_cli", "--key", key);
  await until(() => said.out.includes("listens on"));
  const url = /http:\S+/.exec(said.out)?.[0] ?? "";
  await clientFor(url, key).products.create({ name: "P" });
  await until(() => asked === 1);
  const port = Number(new URL(url).port);
  for (const address of otherAddresses()) expect(await isOpen(address, port), address).toBe(false);
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
  expect(said.err).toBe("");
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
