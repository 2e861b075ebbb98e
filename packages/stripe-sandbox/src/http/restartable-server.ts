import type { AddressInfo } from "node:net";
import type { Sandbox } from "../sandbox";
import { createSandboxServer, type UpgradeHandler } from "./server";

export function createRestartableServer(sandbox: Sandbox, upgrade: UpgradeHandler) {
  const server = createSandboxServer(sandbox, upgrade);
  let restart: NodeJS.Timeout | undefined;

  async function listen(port: number): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject).listen(port, "127.0.0.1", resolve);
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  function refuseConnectionsFor(ms: number): void {
    const { port } = new URL(sandbox.baseUrl);
    server.close();
    clearTimeout(restart);
    restart = setTimeout(() => server.listen(Number(port), "127.0.0.1"), ms);
  }

  function cancelRestart(): void {
    clearTimeout(restart);
  }

  async function close(): Promise<void> {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  return { listen, refuseConnectionsFor, cancelRestart, close };
}
