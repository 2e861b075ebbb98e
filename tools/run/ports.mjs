// The ports we listen on: given by environment variable, all on this machine only, and looked at before anything is started.
import { createServer } from "node:net";
import { Stop } from "./console.mjs";

/** The port that a setting names. Throws a Stop where it is no port. */
export function readPort(settings, variable) {
  const text = settings[variable] ?? "";
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535)
    throw new Stop(`${variable}=${text} is no port: a whole number from 1 to 65535 is needed.`);
  return port;
}

/** `wanted`: `[{ variable, port, purpose }]`. Throws one Stop that names every port that cannot be had. */
export async function requireFreePorts(wanted) {
  const problems = [];
  const seen = new Map();
  for (const { variable, port, purpose } of wanted) {
    if (seen.has(port)) problems.push(`${variable} and ${seen.get(port)} are both ${port}.`);
    else {
      seen.set(port, variable);
      const reason = await whyNotFree(port);
      if (reason)
        problems.push(`Port ${port} (${purpose}) ${reason}. Choose another: ${variable}=${port + 10} npm run …`);
    }
  }
  if (problems.length > 0) throw new Stop(problems.join("\n"));
}

/** The first `count` free ports at or above `from`. Kept below 32768, where the system hands out ports of its own. */
export async function findFreePorts(count, from) {
  const free = [];
  for (let port = from; free.length < count && port < 32_768; port++) if (!(await whyNotFree(port))) free.push(port);
  if (free.length < count) throw new Stop(`No ${count} free ports from ${from} up.`);
  return free;
}

function whyNotFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error) =>
      resolve(error.code === "EADDRINUSE" ? "is taken" : `cannot be used (${error.code})`),
    );
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(null)));
  });
}
