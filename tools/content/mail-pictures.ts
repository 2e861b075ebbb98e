// npm run mail:pictures [FOLDER]: writes the texts of the example e-mails, and screenshots at two widths in light and
// dark mode.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { publication } from "../../publication";
import { renderMail } from "../../systems/mail/render";
import { listMailExamples } from "../../systems/testing/mail-examples";
import { REPOSITORY_ROOT } from "../run/paths.mjs";
import { findOrInstallBrowser } from "../test/browser.mjs";

const folder = process.argv[2] ?? join(REPOSITORY_ROOT, ".cache/mail-pictures");
const SCREENS = [
  { name: "phone-light", width: 390, colorScheme: "light" },
  { name: "phone-dark", width: 390, colorScheme: "dark" },
  { name: "desktop-light", width: 1280, colorScheme: "light" },
  { name: "desktop-dark", width: 1280, colorScheme: "dark" },
] as const;

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: await findOrInstallBrowser(),
  args: ["--no-sandbox", "--disable-gpu"],
});
try {
  const setting = {
    locale: publication.defaultLanguage,
    publication,
    siteUrl: "https://give.news.example",
  };
  for (const { name: screen, width, colorScheme } of SCREENS) {
    const page = await browser.newPage({ viewport: { width, height: 400 }, colorScheme });
    for (const { name, mail, giftStatus, links } of listMailExamples()) {
      const { html, text } = renderMail(mail, { ...setting, giftStatus, links });
      writeFileSync(join(folder, `${name}.txt`), text);
      await page.setContent(html);
      await page.screenshot({ path: join(folder, `${name}-${screen}.png`), fullPage: true });
    }
    await page.close();
  }
} finally {
  await browser.close();
}
console.log(`Pictures and texts of ${listMailExamples().length} mails are in ${folder}`);
