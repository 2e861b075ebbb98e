// Sends the head and body of a response as one buffer, which needs less processor time than two (decision 026). Node
// has no public function for that, so this sets two private fields of its response. Node still handles pipelined
// requests, slow readers and closing connections.
import "server-only";
import type { ServerResponse } from "node:http";

/**
 * The head and body in one buffer. The head contains the date, so the buffer can be sent only until `untilMs`, one
 * second after that date.
 */
export type PreparedResponse = { untilMs: number; bytes: Buffer };
export type CachedResponse = { headers: string[]; body: Buffer; prepared?: PreparedResponse };

type Head = { _header: string | null; _headerSent: boolean };

/** Sends the response. Use it only for a 200 response to a GET. `headers` must contain the body's length. */
export function sendInOneWrite(response: ServerResponse, answer: CachedResponse): void {
  const { socket } = response;
  // Leaves the sending to Node in two cases. If there is no socket yet, Node is still sending an earlier response on
  // the same connection. If the connection will close, the response needs other headers.
  if (!socket || !response.shouldKeepAlive || response.hasHeader("Connection")) {
    response.writeHead(200, answer.headers).end(answer.body);
    return;
  }
  const head = response as unknown as Head;
  if (answer.prepared && Date.now() < answer.prepared.untilMs) head._header = "sent";
  else answer.prepared = join(response, answer);
  head._headerSent = true;
  socket.write(answer.prepared.bytes);
  response.end();
}

/**
 * Returns the head and body in one buffer. Lets Node build the head, so that it has the same headers as other
 * responses.
 */
function join(response: ServerResponse, { headers, body }: CachedResponse): PreparedResponse {
  response.writeHead(200, headers);
  const head = (response as unknown as Head)._header ?? "";
  // Calculates `untilMs` from the date in the head, which can be slightly older than the current time.
  const dateMs = Date.parse(/\r\nDate: ([^\r]+)/.exec(head)?.[1] ?? "");
  return { untilMs: dateMs + 1_000, bytes: Buffer.concat([Buffer.from(head, "latin1"), body]) };
}
