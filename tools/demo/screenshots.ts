// Takes the screenshots in docs/ from a running demo: run `npm run demo` in one terminal and `node --import tsx
// tools/demo/screenshots.ts` in another.
import { join } from "node:path";
import { chromium, type Page } from "@playwright/test";
import { TOTP } from "otpauth";
import { REPOSITORY_ROOT } from "../run/paths.mjs";
import { readSettings } from "../run/settings.mjs";
import { findOrInstallBrowser } from "../test/browser.mjs";
import { STAFF_AUTHENTICATOR_SECRET } from "./staff-secret.mjs";

const { PORT = "3000", MAIL_PORT = "1080", STAFF_EMAILS = "editor@example.org" } = readSettings();
const site = `http://127.0.0.1:${PORT}`;
const inbox = `http://127.0.0.1:${MAIL_PORT}`;

type Mail = { to: { address: string }[]; time: string; text: string };

const browser = await chromium.launch({
  executablePath: await findOrInstallBrowser(),
  args: ["--no-sandbox", "--disable-gpu"],
});
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" });
  await openArticle(page);
  await page.screenshot({ path: join(REPOSITORY_ROOT, "docs/screenshot.png") });
  await signInAsStaff(page);
  await page.screenshot({ path: join(REPOSITORY_ROOT, "docs/screenshot-newsroom.png") });
} finally {
  await browser.close();
}

/** Opens the first article and moves the page's clock forward, so that the banner appears. */
async function openArticle(page: Page): Promise<void> {
  await page.clock.install();
  await page.goto(site);
  const article = await page.locator('main a[href^="/articles/"]').first().getAttribute("href");
  await page.goto(`${site}${article}`);
  await page.evaluate(() => scrollTo(0, innerHeight));
  await page.clock.fastForward(12_000);
  await page.locator("[data-banner]").waitFor();
  await page.evaluate(() => scrollTo(0, 0));
  await page.clock.resume();
}

async function signInAsStaff(page: Page): Promise<void> {
  const [address = ""] = STAFF_EMAILS.split(/[\s,]+/);
  const requestedAt = Date.now();
  await page.goto(`${site}/sign-in?next=/newsroom`);
  await page.getByLabel("Email address").fill(address);
  await page.getByRole("button", { name: "Email me a link" }).click();
  await page.goto(await waitForLink(address, requestedAt));
  await page.getByRole("button", { name: "Sign me in" }).click();
  await page.getByLabel("Code", { exact: true }).fill(new TOTP({ secret: STAFF_AUTHENTICATOR_SECRET }).generate());
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("heading", { level: 1, name: "Today" }).waitFor();
}

async function waitForLink(recipient: string, since: number): Promise<string> {
  for (;;) {
    const mails: Mail[] = await (await fetch(`${inbox}/api/email`)).json();
    const mail = mails.find(
      ({ to, time }) => to.some(({ address }) => address === recipient) && Date.parse(time) >= since - 1000,
    );
    const link = mail?.text.match(/https?:\/\/\S+\/sign-in\/confirm\S+/)?.[0];
    if (link) return link;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
