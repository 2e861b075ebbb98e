import { startChild } from "./processes.mjs";

/**
 * Starts the production server, and does not wait until it is healthy. `nodeArgs`: arguments for Node before the
 * program. The other options are those of startChild().
 * @param {string} name @param {{ port: number | string, host?: string, env: Record<string, string | undefined>,
 *   log?: string, printsPrefixed?: boolean, printsUnchanged?: boolean, nodeArgs?: string[] }} options
 */
export function startSite(name, { port, host = "127.0.0.1", env, nodeArgs = [], ...output }) {
  const settings = { ...env, HOST: host, PORT: String(port), NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
  return startChild(name, [...nodeArgs, "tools/run/serve.mjs"], { env: settings, ...output });
}
