import type { ServerResponse } from "node:http";

export type Reply = {
  status: number;
  headers: Record<string, string>;
  body: string;
};

export function sendReply(response: ServerResponse, { status, headers, body }: Reply): void {
  const length = Buffer.byteLength(body);
  response.writeHead(status, { ...headers, "content-length": length, "cache-control": "no-store" }).end(body);
}

export function jsonReply(status: number, value: object): Reply {
  return { status, headers: { "content-type": "application/json" }, body: `${JSON.stringify(value)}\n` };
}
