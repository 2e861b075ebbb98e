// Shuts a server down after it has answered its open requests. After a time limit, it closes all connections that are
// left, such as those of clients that do not read their responses.

/**
 * The time limit of a shutdown. It is longer than the site's slowest response (to a gift form: 8 s), and shorter than
 * the time after which processes.mjs kills the process (`graceMs`).
 */
export const SHUTDOWN_LIMIT_MS = 12_000;
/**
 * The interval at which a shutdown closes idle connections. If a response began before the shutdown, it has no header
 * "Connection: close", so the browser would keep its connection open.
 */
const IDLE_CLOSED_EVERY_MS = 250;

/**
 * Returns a function that shuts the server down and resolves when every connection is closed. A second call returns the
 * same promise, because Ctrl-C and the parent's signal can both arrive.
 * @param {import("node:http").Server} server
 */
export function createGracefulShutdown(
  server,
  { limitMs = SHUTDOWN_LIMIT_MS, idleClosedEveryMs = IDLE_CLOSED_EVERY_MS } = {},
) {
  /** @type {Promise<void> | undefined} */
  let ending;
  server.prependListener("request", (_, response) => {
    if (ending) response.setHeader("Connection", "close");
  });
  return () => {
    ending ??= end(server, { limitMs, idleClosedEveryMs });
    return ending;
  };
}

/** @param {import("node:http").Server} server @param {{ limitMs: number, idleClosedEveryMs: number }} options */
async function end(server, { limitMs, idleClosedEveryMs }) {
  const closed = new Promise((done) => server.close(done));
  const idle = setInterval(() => server.closeIdleConnections(), idleClosedEveryMs);
  const limit = setTimeout(() => server.closeAllConnections(), limitMs);
  await closed;
  clearInterval(idle);
  clearTimeout(limit);
}
