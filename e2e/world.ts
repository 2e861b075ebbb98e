import { type BrowserContext, test as base, expect, type Locator, type Page } from "@playwright/test";

export const SITE_URL = address("SITE_ADDRESS");
export const STRIPE_STAND_IN_URL = address("STRIPE_ADDRESS");
export const INBOX_URL = address("MAIL_ADDRESS");

// Limits stack traces to ten lines, to save time. Playwright reads the stack at every call, and sets this limit to 200.
// Ten lines are enough to include the test's own line.
Error.stackTraceLimit = 10;

/** This is true in `npm run test:all`. In `npm test`, some tests try only a few examples. */
export const isFullRun = process.env.TESTS === "all";

type World = {
  /** Errors that a test causes on purpose, such as the browser's error about a 404. They do not fail the test. */
  expectedProblems: RegExp[];
  problems: string[];
  /** Makes page.goto() wait for the typefaces in every browser context, including those that a test opens itself. */
  typefaces: undefined;
};

export const test = base.extend<World>({
  expectedProblems: [[], { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's dependencies from this pattern.
  problems: async ({}, use) => {
    await use([]);
  },
  // Gives each test an IP address of its own, for `request` and for every context that the test opens.
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's dependencies from this pattern.
  extraHTTPHeaders: async ({}, use) => {
    await use({ "x-forwarded-for": someAddress() });
  },
  typefaces: [
    async ({ browser }, use) => {
      const open = browser.newContext;
      browser.newContext = async (options) => {
        const context = await open.call(browser, options);
        context.on("page", waitForTypefaces);
        return context;
      };
      await use(undefined);
      browser.newContext = open;
    },
    { auto: true },
  ],
  context: async ({ context, problems, expectedProblems }, use) => {
    watch(context, problems);
    await use(context);
    const unexpected = problems.filter((problem) => !expectedProblems.some((expected) => expected.test(problem)));
    expect(unexpected, "errors that a page logged, threw or was refused").toEqual([]);
  },
});

/** Declares a test that another one covers in part. Only `npm run test:all` runs it. */
export const testInFullRun = isFullRun ? test : test.skip;

export { expect, type Locator, type Page };

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

/**
 * Makes page.goto() also wait until the page's typefaces have loaded. On a reader page, also waits until the page's
 * script has loaded. When typefaces arrive, a text can gain or lose a line. A click is lost if its target moves between
 * press and release. With `waitUntil: "commit"`, page.goto() still returns at once.
 */
function waitForTypefaces(page: Page): void {
  const open = page.goto.bind(page);
  page.goto = async (url, options) => {
    const answer = await open(url, options);
    if (options?.waitUntil === "commit") return answer;
    const come = () => page.evaluate(typefacesCome);
    // Some pages redirect at once, which interrupts the wait for typefaces. In that case, waits again on the page after
    // the redirect.
    await come().catch(() => expect(come).toPass());
    return answer;
  };
}

async function typefacesCome(): Promise<void> {
  const { body, fonts } = document;
  const inline = Array.from(document.scripts, ({ text }) => /\bimport\("(\/reader[^"]*)"\)/.exec(text)?.[1]).find(
    Boolean,
  );
  const comeLater = inline && !matchMedia("(scripting: none)").matches;
  if (comeLater && !body.classList.contains("typeset"))
    await new Promise<void>((resolve) => {
      const watch = new MutationObserver(() => {
        if (!body.classList.contains("typeset")) return;
        watch.disconnect();
        resolve();
      });
      watch.observe(body, { attributeFilter: ["class"] });
    });
  if (comeLater) await import(inline);
  // Reads `offsetHeight` so that the browser lays out the page. The browser requests a typeface only when it lays out
  // text in it.
  if (body.offsetHeight > 0) await fonts.ready;
}

/**
 * Returns a random IP address. The site limits requests per IP address, and tests with the same address would slow each
 * other down.
 */
function someAddress(): string {
  const part = () => Math.floor(Math.random() * 254) + 1;
  return `10.${part()}.${part()}.${part()}`;
}

/** Returns a new e-mail address, so that no other test reads its e-mails. */
export function makeUniqueMailAddress(name: string): string {
  return `${name}-${crypto.randomUUID().slice(0, 8)}@example.org`;
}

const articlesOnFrontPages = new Map<string, string>();

export async function firstArticlePath(
  { request }: Pick<Page, "request">,
  language: "en" | "ru" = "en",
): Promise<string> {
  const cached = articlesOnFrontPages.get(language);
  if (cached) return cached;
  const html = await (await request.get(language === "en" ? "/" : `/${language}`)).text();
  const [, path] = /href="(\/articles\/[^"]+)"/.exec(html.slice(html.indexOf("<main"))) ?? [];
  if (!path) throw new Error("the front page lists no article");
  articlesOnFrontPages.set(language, path);
  return path;
}

/** Returns the path of the script that a reader page loads. */
export function readerScriptPath(html: string): string {
  const [, path] = /\bimport\("(\/reader[^"]+)"\)/.exec(html) ?? [];
  if (!path) throw new Error("the page loads no script");
  return path;
}

/** Reloads the page until the target is visible. Use it for pages that do not update by themselves. */
export async function reloadUntilVisible(page: Page, target: Locator): Promise<void> {
  await expect(async () => {
    if (await target.isVisible()) return;
    await page.reload();
    expect(await target.isVisible(), `${target} is visible`).toBe(true);
  }).toPass({ intervals: [100, 250, 500, 1_000] });
}

function address(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the journeys through playwright.config.ts`);
  return value;
}
