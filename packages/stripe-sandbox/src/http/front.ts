// The listening server: it begins, goes away for a while on request, and ends.
import type { AddressInfo } from "node:net";
import type { Sandbox } from "../sandbox";
import { openServer, type Upgrade } from "./server";

export function openFront(sandbox: Sandbox, upgrade: Upgrade) {
  const server = openServer(sandbox, upgrade);
  let returning: NodeJS.Timeout | undefined;

  /** Returns the server's URL. */
  async function listen(port: number): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject).listen(port, "127.0.0.1", resolve);
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  function goAway(ms: number): void {
    const { port } = new URL(sandbox.baseUrl);
    server.close();
    clearTimeout(returning);
    returning = setTimeout(() => server.listen(Number(port), "127.0.0.1"), ms);
  }

  function stopReturning(): void {
    clearTimeout(returning);
  }

  async function close(): Promise<void> {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  return { listen, goAway, stopReturning, close };
}
