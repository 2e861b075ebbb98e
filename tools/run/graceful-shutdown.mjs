// Shuts a server down after it has answered its open requests. After a time limit, it closes all connections that are
// left, such as those of clients that do not read their responses.

/**
 * The time limit. It is longer than the slowest response (a gift form: 8 s), and shorter than `graceMs` in
 * processes.mjs.
 */
export const SHUTDOWN_LIMIT_MS = 12_000;
/**
 * The interval at which idle connections are closed. A response that began before the shutdown lacks "Connection:
 * close", so its connection would stay open.
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
