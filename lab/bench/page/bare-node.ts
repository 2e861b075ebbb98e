// Starts a Node server that does nothing but send the bytes and headers of a page. A measurement of this server shows
// roughly the highest speed that any server on Node can reach. `node --import tsx lab/bench/page/bare-node.ts PAGE
// PORT` serves PAGE at `/br`, `/gzip` and `/identity`.
import { createServer } from "node:http";
import { type ContentCoding, copyPage } from "./page-copy";

const [page = "", port = ""] = process.argv.slice(2);
const codings: ContentCoding[] = ["br", "gzip", "identity"];
const copies = await Promise.all(codings.map((coding) => copyPage(page, coding)));
const answers = new Map(copies.map(({ coding, headers, body }) => [`/${coding}`, { headers: headers.flat(), body }]));
createServer((request, response) => {
  const answer = answers.get(request.url ?? "");
  if (answer) response.writeHead(200, answer.headers).end(answer.body);
  else response.writeHead(404).end();
}).listen(Number(port), "127.0.0.1");
