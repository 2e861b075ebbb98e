// Lets Next render a page for an internal request that contains nothing about a reader.
import "server-only";
import { IncomingMessage, ServerResponse } from "node:http";
import { setHeadersPassedToWriteHead } from "./write-head";

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export type RenderedPage = { status: number; headers: Record<string, string>; body: Buffer };

export async function renderByNext(
  answerPage: Handler,
  { path, headers: sent = {} }: { path: string; headers?: Record<string, string> },
): Promise<RenderedPage> {
  const request = new IncomingMessage(undefined as never);
  Object.assign(request, { method: "GET", url: path, httpVersion: "1.1", headers: { host: "localhost", ...sent } });
  request.push(null);
  const response = new ServerResponse(request);
  const chunks: Buffer[] = [];
  const take = (chunk: unknown) => {
    if (typeof chunk === "string" || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk as string));
  };
  const finished = new Promise<void>((resolve) => {
    Object.assign(response, {
      write: (chunk: unknown) => {
        take(chunk);
        return true;
      },
      end: (chunk: unknown) => {
        take(chunk);
        resolve();
        // After a route handler has responded, Next waits for the event `finish`.
        setImmediate(() => response.emit("finish"));
        return response;
      },
      flushHeaders: () => {},
      writeHead: (status: number, ...rest: unknown[]) => {
        response.statusCode = status;
        setHeadersPassedToWriteHead(response, rest);
        return response;
      },
    });
  });
  await Promise.all([answerPage(request, response), finished]);
  const headers = Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]);
  return { status: response.statusCode, headers: Object.fromEntries(headers), body: Buffer.concat(chunks) };
}
