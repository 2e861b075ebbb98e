// Starts the built site in its own process.
import { startChild } from "./processes.mjs";

/**
 * Options as for startChild(); `env` holds the site's settings. The caller waits for /api/health.
 * @param {string} name @param {{ port: number | string, host?: string, env: Record<string, string | undefined>, log?: string,
 *   shown?: boolean, passedOn?: boolean, before?: string[] }} options
 */
export function startSite(name, { port, host = "127.0.0.1", env, before = [], ...output }) {
  const settings = { ...env, HOST: host, PORT: String(port), NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
  return startChild(name, [...before, "tools/run/serve.mjs"], { env: settings, ...output });
}
