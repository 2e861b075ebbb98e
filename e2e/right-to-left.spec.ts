// Tests the layout from right to left: changes `dir` and the letters of each page in the browser.
// right-to-left.test.tsx tests that pages set `dir`.
import { expectPressable } from "./pressable";
import { expectFitAtAllWidths } from "./readable";
import { SIGNED_IN_SUPPORTER } from "./signed-in";
import { expect, firstArticlePath, isFullRun, type Page, test } from "./world";

const LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي";
/** Pages that have no controls, except those that every page has. */
const READ_ONLY = ["/", "/about-your-gift", "/thank-you", "/supporters/sessions"];
/** Pages with few controls or none. The usual test run leaves them out. */
const FEW_CONTROLS = [...READ_ONLY, "/erased", "/supporters"];
const PHONE = { width: 390, height: 844 };

test.use({ viewport: PHONE, reducedMotion: "reduce" } as object);

test("an article, its banner, the banner's manners and the gift form fit and can be used from right to left", async ({
  page,
}) => {
  await page.goto(await firstArticlePath(page));
  const again = page.getByRole("button", { name: "Show the appeal again" });
  await expectPressable(again);
  await again.click();
  await turnRound(page);
  // The banner covers part of the article, so only its own controls can be pressed.
  await expectUsable(page, "an article with the banner open", "[data-banner]");
  for (const path of ["/banner-manners", "/give?every=year&amount=0.4&currency=KWD"]) {
    await page.goto(path);
    await turnRound(page);
    await expectUsable(page, path);
  }
});

test.describe(() => {
  // Runs without JavaScript: the layout of these pages needs no script, and React would restore the original texts.
  test.use({ javaScriptEnabled: false });

  test("the other readers' pages fit and can be used from right to left", async ({ page }) => {
    for (const path of chosen(["/", "/about-your-gift", "/thank-you", "/sign-in", "/remind-me", "/erased"])) {
      await page.goto(path);
      await turnRound(page);
      await expectUsable(page, path);
    }
  });
});

test.describe(() => {
  test.use({ storageState: SIGNED_IN_SUPPORTER.storageState, javaScriptEnabled: false });

  test("the supporters' area fits and can be used from right to left", async ({ page }) => {
    await page.goto("/supporters");
    const manage = await page.getByRole("link", { name: "Manage this gift" }).first().getAttribute("href");
    for (const path of chosen(["/supporters", manage ?? "", "/supporters/own-data", "/supporters/sessions"])) {
      await page.goto(path);
      await turnRound(page);
      await expectUsable(page, path);
    }
  });
});

function chosen(paths: string[]): string[] {
  return paths.filter((path) => isFullRun || !FEW_CONTROLS.includes(path));
}

async function turnRound(page: Page): Promise<void> {
  await page.evaluate((letters) => {
    document.documentElement.dir = "rtl";
    document.documentElement.lang = "ar";
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode;
      text.nodeValue = (text.nodeValue ?? "").replace(/[A-Za-z]/g, (letter) =>
        letters.charAt(letter.charCodeAt(0) % letters.length),
      );
    }
  }, LETTERS);
}

async function expectUsable(page: Page, name: string, part = "main"): Promise<void> {
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  await expectFitAtAllWidths(page, `${name}, from right to left`);
  await page.setViewportSize(PHONE);
  const controls = page
    .locator(part)
    .locator("button, select, textarea, input:not([type=hidden], [tabindex='-1']), a.button");
  let pressed = 0;
  for (const control of await controls.all()) {
    if (!(await control.isVisible()) || !(await control.isEnabled())) continue;
    await expectPressable(control);
    pressed += 1;
  }
  if (!READ_ONLY.includes(name)) expect(pressed, `controls of ${name}`).toBeGreaterThan(0);
}
