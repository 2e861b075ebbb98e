import "server-only";
import type { ServerResponse } from "node:http";

/**
 * Sets the headers that were passed to writeHead(). `rest`: the arguments of writeHead() after the status code, in any
 * form that Node accepts.
 */
export function setHeadersPassedToWriteHead(response: ServerResponse, rest: unknown[]): void {
  const headers = rest.find((each) => typeof each === "object" && each !== null);
  if (Array.isArray(headers)) {
    for (let i = 0; i + 1 < headers.length; i += 2) response.setHeader(String(headers[i]), headers[i + 1]);
  } else if (headers) {
    for (const [name, value] of Object.entries(headers))
      if (value !== undefined) response.setHeader(name, value as string);
  }
}
