// The measuring stick: a bare Node http server that sends the very bytes and headers of a page and does nothing else.
import { createServer } from "node:http";

const OF_THE_CONNECTION = new Set(["connection", "keep-alive", "transfer-encoding", "content-length", "date"]);

export async function serveBytes(page: string, port: number): Promise<{ url: string; close: () => void }> {
  const answer = await fetch(page, { headers: { "accept-encoding": "identity" } });
  const body = Buffer.from(await answer.arrayBuffer());
  const kept = [...answer.headers].filter(([name]) => !OF_THE_CONNECTION.has(name));
  const headers = { ...Object.fromEntries(kept), "content-length": String(body.length) };
  const server = createServer((_, response) => response.writeHead(200, headers).end(body));
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}
