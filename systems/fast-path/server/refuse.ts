// Refuses requests that this site's pages never send. Next does not see them, and their bodies are not parsed.
import "server-only";
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";

/**
 * How long a refused connection stays open at most. If the server closed it before all data were read, the connection
 * would be reset, and the sender would never see the response.
 */
const LINGER_MS = 2_000;

export function refuseRequest(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers = {} }: { status: number; headers?: Record<string, string> },
): void {
  const text = textOf(status);
  response.writeHead(status, { ...headers, ...plain(text), Connection: "close" });
  if (request.method === "HEAD") response.flushHeaders();
  else response.write(text);
  const end = () => response.end();
  request.once("end", end).once("close", end).resume();
  setTimeout(end, LINGER_MS).unref();
}

/**
 * Refuses a connection for which Node made no response object. Its request was a CONNECT request, was incomplete, or
 * was not HTTP at all.
 */
export function refuseSocket(
  socket: Duplex,
  { status, headers }: { status: number; headers: [string, string][] },
): void {
  const text = textOf(status);
  const lines = [...headers, ...Object.entries(plain(text)), ["Connection", "close"]];
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n${text}`,
  );
}

function textOf(status: number): string {
  return `${status} ${STATUS_CODES[status]}\n`;
}

function plain(text: string) {
  return {
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Length": String(text.length),
    "Cache-Control": "no-store",
  };
}
