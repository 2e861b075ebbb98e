import { createServer } from "node:net";
import { CommandError } from "./console.mjs";

/**
 * Returns the port in a setting. Throws a CommandError if the setting is not a port.
 * @param {Record<string, string | undefined>} settings @param {string} variable
 */
export function readPort(settings, variable) {
  const text = settings[variable] ?? "";
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535)
    throw new CommandError(`${variable}=${text} is not a port: a whole number from 1 to 65535 is needed.`);
  return port;
}

/**
 * Checks that the ports are free. Throws one CommandError that names every port that is not free, and every port that
 * two settings name.
 * @param {{ variable: string, port: number, purpose: string }[]} wanted
 */
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
  if (problems.length > 0) throw new CommandError(problems.join("\n"));
}

/**
 * Returns `count` free ports from the port `from` up. Tries only ports below 32768, because the operating system
 * assigns higher ones itself. Throws a CommandError if there are too few.
 * @param {number} count @param {number} from
 */
export async function findFreePorts(count, from) {
  const free = [];
  for (let port = from; free.length < count && port < 32_768; port++) if (!(await whyNotFree(port))) free.push(port);
  if (free.length < count) throw new CommandError(`There are not ${count} free ports from ${from} up.`);
  return free;
}

/** @param {number} port @returns {Promise<string | null>} */
function whyNotFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (/** @type {NodeJS.ErrnoException} */ error) =>
      resolve(error.code === "EADDRINUSE" ? "is taken" : `cannot be used (${error.code})`),
    );
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(null)));
  });
}
