// The reference for the article bench: a plain Node http server that sends the bytes and headers of a page and does nothing else.
// `node --import tsx lab/bench/reference.ts PAGE PORT`
import { createServer } from "node:http";

const CONNECTION_HEADERS = new Set(["connection", "keep-alive", "transfer-encoding", "content-length", "date"]);

const [page = "", port = ""] = process.argv.slice(2);
const answer = await fetch(page, { headers: { "accept-encoding": "identity" } });
const body = Buffer.from(await answer.arrayBuffer());
const copied = [...answer.headers].filter(([name]) => !CONNECTION_HEADERS.has(name));
const headers = { ...Object.fromEntries(copied), "content-length": String(body.length) };
createServer((_, response) => response.writeHead(200, headers).end(body)).listen(Number(port), "127.0.0.1");
