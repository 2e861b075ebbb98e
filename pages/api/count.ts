// Tells devices which experiment runs, and takes their reports about the appeal. The production server calls this function before Next
// (tools/run/serve.ts), as it does for the webhook: an article that is read often must not cost more in reports than in itself.
import type { IncomingMessage, ServerResponse } from "node:http";
import { readMessage } from "@/systems/body";
import { findReportTerms, takeReport } from "@/systems/counting/take-report";
import { isBusy } from "@/systems/database";
import { log, redactError } from "@/systems/log";

/** A report is text, of at most a few names. */
export const config = { api: { bodyParser: false, externalResolver: true } };

const MAX_BYTES = 400;
/** Caches may answer for a minute: so long may devices go on with an experiment that was ended. */
const CACHED = "public, max-age=60";
const HEADERS_READ = ["sec-fetch-site", "origin", "x-forwarded-for"];

export default async function count(request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    if (request.method === "GET") await answerTerms(response);
    else if (request.method === "POST") await answerReport(request, response);
    else response.writeHead(405, { Allow: "GET, POST", Connection: "close", "Cache-Control": "no-store" }).end();
  } catch (error) {
    if (!isBusy(error)) log.error({ error: redactError(error) }, "a report could not be taken");
    response.writeHead(503, { "Cache-Control": "no-store" }).end();
  }
}

async function answerTerms(response: ServerResponse): Promise<void> {
  const terms = JSON.stringify(await findReportTerms());
  response.writeHead(200, { "Content-Type": "application/json", "Cache-Control": CACHED }).end(terms);
}

async function answerReport(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readMessage(request, MAX_BYTES);
  const status = body ? await takeReport(body.toString("utf8"), headersOf(request)) : 413;
  response.writeHead(status, { "Cache-Control": "no-store", ...(body ? {} : { Connection: "close" }) }).end();
}

/** The headers that the checks need: cookies and the rest are not even passed on. */
function headersOf({ headers }: IncomingMessage): Headers {
  const read = HEADERS_READ.flatMap((name): [string, string][] => {
    const value = headers[name];
    return value === undefined ? [] : [[name, String(value)]];
  });
  return new Headers(read);
}
