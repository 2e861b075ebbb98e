// Sends an answer's head and body as one buffer. Node writes one buffer with about 60 % of the processor time of two (decision 026). It has
// no public function for that, so this sets two private fields of its response. Pipelined requests, slow readers and the end of a
// connection stay Node's work.
import "server-only";
import type { ServerResponse } from "node:http";

/** Head and body as one. The head has the date, so it counts until the second is over. */
export type OneWrite = { untilMs: number; bytes: Buffer };
export type Answer = { headers: string[]; body: Buffer; oneWrite?: OneWrite };

type Head = { _header: string | null; _headerSent: boolean };

/** Only for an answer 200 to a GET. `headers` must contain the body's length. */
export function sendInOneWrite(response: ServerResponse, answer: Answer): void {
  const { socket } = response;
  // Without a socket, the answer to an earlier request on the same connection is still being sent. A connection that closes has another head.
  if (!socket || !response.shouldKeepAlive || response.hasHeader("Connection")) {
    response.writeHead(200, answer.headers).end(answer.body);
    return;
  }
  const head = response as unknown as Head;
  if (answer.oneWrite && Date.now() < answer.oneWrite.untilMs) head._header = "sent";
  else answer.oneWrite = join(response, answer);
  head._headerSent = true;
  socket.write(answer.oneWrite.bytes);
  response.end();
}

/** Takes the head as Node writes it, so that it is Node's in every header. */
function join(response: ServerResponse, { headers, body }: Answer): OneWrite {
  response.writeHead(200, headers);
  const head = (response as unknown as Head)._header ?? "";
  // Node's own date may be a little late.
  const dateMs = Date.parse(/\r\nDate: ([^\r]+)/.exec(head)?.[1] ?? "");
  return { untilMs: dateMs + 1_000, bytes: Buffer.concat([Buffer.from(head, "latin1"), body]) };
}
