import { localizedPath } from "../../../domain/languages";
import { publication } from "../../../publication";
import { findFreePorts } from "../../../tools/run/ports.mjs";
import { type Child, startChild, waitUntilHealthy } from "../../../tools/run/processes.mjs";

/** `name`: the page's label in a table of results. */
export type PageToMeasure = { name: string; url: string };

const NAMES = new Intl.DisplayNames("en", { type: "language" });

export async function startBenchStack(): Promise<{ stack: Child; site: string; articles: PageToMeasure[] }> {
  const [port, stripe, mail, smtp] = await findFreePorts(4, 13_200);
  const env = { PORT: `${port}`, STRIPE_SANDBOX_PORT: `${stripe}`, MAIL_PORT: `${mail}`, MAIL_SMTP_PORT: `${smtp}` };
  const stack = startChild("stack", ["tools/test/start-stack.mjs", "bench"], { env });
  const site = `http://127.0.0.1:${port}`;
  await waitUntilHealthy(stack, `${site}/api/health`, { timeoutMs: 60_000 });
  const { defaultLanguage, languages } = publication;
  const inOrder = [defaultLanguage, ...languages.filter((language) => language !== defaultLanguage)];
  return { stack, site, articles: await Promise.all(inOrder.map((language) => newestArticle(site, language))) };
}

async function newestArticle(site: string, language: string): Promise<PageToMeasure> {
  const page = await (await fetch(site + localizedPath(language, "/", publication))).text();
  const path = /href="(\/articles\/[^"]+)"/.exec(page)?.[1];
  if (!path) throw new Error(`the front page in ${language} lists no article`);
  return { name: `An article in ${NAMES.of(language)}`, url: site + path };
}
