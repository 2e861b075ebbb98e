// The measuring stick, a process of its own: a bare Node http server that sends the very bytes and headers of a page and does
// nothing else. `node --import tsx lab/bench/reference.ts PAGE PORT`
import { createServer } from "node:http";

const OF_THE_CONNECTION = new Set(["connection", "keep-alive", "transfer-encoding", "content-length", "date"]);

const [page = "", port = ""] = process.argv.slice(2);
const answer = await fetch(page, { headers: { "accept-encoding": "identity" } });
const body = Buffer.from(await answer.arrayBuffer());
const kept = [...answer.headers].filter(([name]) => !OF_THE_CONNECTION.has(name));
const headers = { ...Object.fromEntries(kept), "content-length": String(body.length) };
createServer((_, response) => response.writeHead(200, headers).end(body)).listen(Number(port), "127.0.0.1");
