// Returns the settings that devices need for reports about the appeal, and counts these reports. The production server
// calls this function directly, without Next (tools/run/serve.ts), because the reports about an article must not cost
// more than the article itself.
import type { IncomingMessage, ServerResponse } from "node:http";
import { readNodeRequestBody } from "@/systems/body";
import { acceptDeviceReport, findDeviceReportSettings } from "@/systems/counting/accept-report";
import { isRetryableDatabaseError } from "@/systems/database";
import { log, redactError } from "@/systems/log";

/** Next must not read the body, because handleDeviceReport() reads it with a limit of its own. */
export const config = { api: { bodyParser: false, externalResolver: true } };

const MAX_BYTES = 400;
/**
 * Caches can keep the response, which names the running experiment, for a minute. So devices can still join the
 * experiment up to a minute after its end.
 */
const CACHED = "public, max-age=60";
const HEADERS_READ = ["sec-fetch-site", "origin", "x-forwarded-for"];

export default async function handleDeviceReport(request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    if (request.method === "GET") await answerTerms(response);
    else if (request.method === "POST") await answerReport(request, response);
    else response.writeHead(405, { Allow: "GET, POST", Connection: "close", "Cache-Control": "no-store" }).end();
  } catch (error) {
    if (!isRetryableDatabaseError(error)) log.error({ error: redactError(error) }, "a report could not be counted");
    response.writeHead(503, { "Cache-Control": "no-store" }).end();
  }
}

async function answerTerms(response: ServerResponse): Promise<void> {
  const terms = JSON.stringify(await findDeviceReportSettings());
  response.writeHead(200, { "Content-Type": "application/json", "Cache-Control": CACHED }).end(terms);
}

async function answerReport(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readNodeRequestBody(request, MAX_BYTES);
  const status = body ? await acceptDeviceReport(body.toString("utf8"), headersOf(request)) : 413;
  response.writeHead(status, { "Cache-Control": "no-store", ...(body ? {} : { Connection: "close" }) }).end();
}

function headersOf({ headers }: IncomingMessage): Headers {
  const read = HEADERS_READ.flatMap((name): [string, string][] => {
    const value = headers[name];
    return value === undefined ? [] : [[name, String(value)]];
  });
  return new Headers(read);
}
