// Starts one of the two servers that `npm run torture:instances` tests. Each of the two sends its e-mails to its own
// test mail server.
import { hostname } from "node:os";
import { startTestMailServer } from "../../../systems/mail/mail-server-for-tests";
import { waitUntilHealthy } from "../../../tools/run/processes.mjs";
import { startSite } from "../../../tools/run/site.mjs";

const START_MS = 60_000;

export type SiteInstance = Awaited<ReturnType<typeof startSiteInstance>>;

export async function startSiteInstance({ settings, port }: { settings: Record<string, string>; port: number }) {
  const inbox = await startTestMailServer();
  const baseUrl = `http://127.0.0.1:${port}`;
  const env = {
    ...{ ...settings, SMTP_URL: inbox.url, TRUSTED_PROXY_HOPS: "1" },
    LOG_LEVEL: "warn",
  };
  let child = await start();

  async function start() {
    const started = startSite("site", { port, env });
    await waitUntilHealthy(started, `${baseUrl}/api/health`, { timeoutMs: START_MS });
    return started;
  }

  return {
    baseUrl: baseUrl,
    inbox,
    holder: () => `${hostname()}:${child.pid}`,
    lastLines: () => child.lastLines(),
    async kill() {
      if (child.pid) process.kill(child.pid, "SIGKILL");
      await child.ended;
    },
    async startAgain() {
      child = await start();
    },
    async close() {
      await child.stop();
      await inbox.close();
    },
  };
}
