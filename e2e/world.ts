// Extends Playwright's test: a page must cause no errors, no violations of the Content-Security-Policy, and no requests to
// third parties.
import { type BrowserContext, test as base, expect, type Locator, type Page } from "@playwright/test";

export const SITE = address("SITE_ADDRESS");
export const STRIPE = address("STRIPE_ADDRESS");
export const MAIL = address("MAIL_ADDRESS");

type World = {
  /** Console messages that a test causes on purpose, such as the browser's message about a 404. */
  expectedMessages: RegExp[];
  /** The problems that this test's pages have had so far. */
  problems: string[];
};

export const test = base.extend<World>({
  expectedMessages: [[], { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's dependencies from this pattern.
  problems: async ({}, use) => {
    await use([]);
  },
  context: async ({ context, problems, expectedMessages }, use) => {
    await context.setExtraHTTPHeaders({ "x-forwarded-for": someAddress() });
    watch(context, problems);
    await use(context);
    const unexpected = problems.filter((problem) => !expectedMessages.some((expected) => expected.test(problem)));
    expect(unexpected, "errors that a page logged, threw or was refused").toEqual([]);
  },
});

export { expect, type Locator, type Page };

/** Collects errors, violations of the Content-Security-Policy, and requests to other machines. */
function watch(context: BrowserContext, problems: string[]): void {
  context.on("console", (message) => {
    if (message.type() === "error") problems.push(`${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (error) => problems.push(String(error.error())));
  context.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith("http") && !["127.0.0.1", "localhost"].includes(hostname))
      problems.push(`requested a third party: ${request.url()}`);
  });
}

/** Returns a random IP address of a client, so that rate limits affect only the tests that test them. */
function someAddress(): string {
  const part = () => Math.floor(Math.random() * 254) + 1;
  return `10.${part()}.${part()}.${part()}`;
}

/** Returns a new e-mail address, so that no other test reads its e-mails. */
export function newMailAddress(name: string): string {
  return `${name}-${crypto.randomUUID().slice(0, 8)}@example.org`;
}

const articlesOnFrontPages = new Map<string, string>();

/** Returns the path of the first article on a language's front page. Fetches the page once, without a browser. */
export async function firstArticlePath(
  { request }: Pick<Page, "request">,
  language: "en" | "ru" = "en",
): Promise<string> {
  const known = articlesOnFrontPages.get(language);
  if (known) return known;
  const html = await (await request.get(language === "en" ? "/" : `/${language}`)).text();
  const [, path] = /href="(\/articles\/[^"]+)"/.exec(html.slice(html.indexOf("<main"))) ?? [];
  if (!path) throw new Error("the front page lists no article");
  articlesOnFrontPages.set(language, path);
  return path;
}

/** Reloads the page until it shows `target`, for pages that do not update by themselves. */
export async function reloadUntilVisible(page: Page, target: Locator): Promise<void> {
  await expect(async () => {
    await page.reload();
    expect(await target.isVisible(), `${target} is visible`).toBe(true);
  }).toPass({ intervals: [100, 250, 500, 1_000] });
}

function address(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the journeys through playwright.config.ts`);
  return value;
}
