import { bannerOn, readUntilBannerAppears, scrollAndPassBannerDelay } from "./banner";
import { chooseCustomAmount, giftForm } from "./giving";
import { layoutShiftOf, watchLayoutShifts } from "./layout-shifts";
import { expectPressable } from "./pressable";
import { expectAccessibleAtAllWidths } from "./readable";
import { expect, firstArticlePath, type Page, test } from "./world";

test("the banner appears after some seconds without moving the text", async ({ page }) => {
  await watchLayoutShifts(page);
  await page.goto(await firstArticlePath(page));
  const beforeIt = await layoutShiftOf(page);
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight * 0.3));
  await expect(bannerOn(page)).toHaveClass(/\bbanner-in\b/);
  await bannerOn(page).evaluate((banner) => Promise.all(banner.getAnimations().map(({ finished }) => finished)));
  expect(await layoutShiftOf(page)).toBe(beforeIt);
});

test("the banner closes with one click or Escape, stays closed, and can be reopened", async ({ page }) => {
  const notNow = bannerOn(page).getByRole("button", { name: "Not this time" });
  await readUntilBannerAppears(page, await firstArticlePath(page));

  await test.step("closes with one click and stays closed", async () => {
    await expectPressable(notNow);
    await notNow.click();
    await expectStaysClosed(page);
  });

  await test.step("reopens from the foot of the page", async () => {
    await page.getByRole("button", { name: "Show the appeal again" }).click();
    await expect(bannerOn(page)).toBeVisible();
  });

  await test.step("closes with the Escape key and stays closed, even as the first answer", async () => {
    await page.evaluate(() => localStorage.clear());
    await page.reload();
    await scrollAndPassBannerDelay(page);
    await expect(bannerOn(page)).toBeVisible();
    await page.keyboard.press("Escape");
    await expectStaysClosed(page);
  });
});

test("the banner never covers the focused element", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 740 });
  await readUntilBannerAppears(page, await firstArticlePath(page));
  await expect(bannerOn(page)).toBeVisible();
  const stops = await page.locator("main a, main button, main input, footer a").count();
  for (let stop = 0; stop < stops; stop++) {
    await page.keyboard.press("Tab");
    expect(await isFocusCovered(page)).toBe(false);
  }
});

test("on the smallest phone every control of the banner can be pressed, or the banner does not appear", async ({
  page,
}) => {
  await page.setViewportSize({ width: 320, height: 568 });
  await page.clock.install();
  const article = await firstArticlePath(page);
  for (const { percent, comes } of [
    { percent: 100, comes: true },
    { percent: 150, comes: false },
    { percent: 200, comes: false },
  ]) {
    await test.step(`text at ${percent}%`, async () => {
      await page.goto(article);
      await page.evaluate((size) => {
        localStorage.clear();
        document.documentElement.style.fontSize = `${size}%`;
      }, percent);
      await scrollAndPassBannerDelay(page);
      await expect(bannerOn(page)).toBeVisible({ visible: comes });
      if (!comes) await page.getByRole("button", { name: "Show the appeal again" }).click();
      // With larger text, the banner that the button opens shows its form at once. The form hides the other buttons
      // until the reader closes it.
      if (!comes) {
        await expect(bannerOn(page).getByRole("button", { name: "Support us" })).toHaveAttribute(
          "aria-expanded",
          "true",
        );
        await page.keyboard.press("Escape");
      }
      for (const name of ["Support us", "Not this time", "Later today", "I already gave"]) {
        const control = bannerOn(page).getByRole("button", { name });
        await expectPressable(control);
        if (comes) await expect(control).toBeInViewport({ ratio: 1 });
      }
    });
  }
});

test("the open form fills a wide window, and keeps its button inside a small one with a custom amount chosen", async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 640 });
  await readUntilBannerAppears(page, await firstArticlePath(page));
  await bannerOn(page).getByRole("button", { name: "Support us" }).click();
  const form = giftForm(page, bannerOn(page));
  const send = form.getByRole("button", { name: /^(Give|Continue)/ });
  await chooseCustomAmount(form, { frequency: "Monthly", customAmount: "7" });
  await expect(send).toHaveText("Give $7 monthly");
  // Scrolls the banner back to its top, because Playwright can have scrolled to the field while fonts were still
  // loading.
  await bannerOn(page).evaluate((element) => element.scrollTo(0, 0));
  await expect(send).toBeInViewport({ ratio: 1 });

  await page.setViewportSize({ width: 1440, height: 900 });
  await page.clock.runFor(1_000);
  const widths = await form.evaluate((element) => {
    const row = element.closest("[data-banner]")?.querySelector(".banner-row");
    const style = row && getComputedStyle(row);
    const inner = row && style ? row.clientWidth - 2 * Number.parseFloat(style.paddingInlineStart) : 0;
    const boxes = [...element.querySelectorAll("fieldset, select, button")].map((each) => each.getBoundingClientRect());
    const shown = boxes.filter(({ width }) => width > 0);
    return { inner, used: Math.max(...shown.map(({ right }) => right)) - Math.min(...shown.map(({ left }) => left)) };
  });
  expect(widths.used).toBeGreaterThan(widths.inner * 0.98);
});

test("the Tab key reaches the banner from the text, and Escape closes its form first", async ({ page }) => {
  await readUntilBannerAppears(page, await firstArticlePath(page));
  const opener = bannerOn(page).getByRole("button", { name: "Support us" });
  const own = bannerOn(page).getByLabel("Other amount");
  await expect(bannerOn(page)).toBeVisible();
  await expect(page.locator("body")).toBeFocused();

  await test.step("Tab reaches it from the text, before the appeal at its end", async () => {
    await page.locator("#main").focus();
    const links = await page.locator("main article").first().locator("a").count();
    for (let link = 0; link < links; link++) await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await expect(opener).toBeFocused();
  });

  await test.step("Escape closes the form and keeps what was typed", async () => {
    await page.keyboard.press("Enter");
    await chooseCustomAmount(giftForm(page, bannerOn(page)), { frequency: "Once", customAmount: "33" });
    await page.keyboard.press("Escape");
    await expect(own).toBeHidden();
    await expect(opener).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(own).toHaveValue("33");
  });

  await test.step("Escape closes the form again, and then the banner", async () => {
    await page.keyboard.press("Escape");
    await expect(bannerOn(page)).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(bannerOn(page)).toBeHidden();
  });
});

test("pages about giving, privacy, reminders, signing in and thanks have no banner", async ({ request }) => {
  const carries = async (place: string) => (await (await request.get(place)).text()).includes("data-banner=");
  expect(await carries(await firstArticlePath({ request }))).toBe(true);
  const places = [
    "/",
    "/give",
    "/sign-in",
    "/thank-you",
    "/about-your-gift",
    "/banner-manners",
    "/quiet",
    "/remind-me",
  ];
  for (const place of places) expect(await carries(place), place).toBe(false);
});

async function expectStaysClosed(page: Page): Promise<void> {
  await expect(bannerOn(page)).toBeHidden();
  await page.reload();
  await scrollAndPassBannerDelay(page);
  await expect(bannerOn(page)).toBeHidden();
}

function isFocusCovered(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    const banner = document.querySelector("[data-banner]");
    if (!focused || !banner || banner.contains(focused) || focused === document.body) return false;
    const own = focused.getBoundingClientRect();
    const over = banner.getBoundingClientRect();
    return (
      over.height > 0 &&
      own.bottom > over.top &&
      own.top < over.bottom &&
      own.right > over.left &&
      own.left < over.right
    );
  });
}

test("the banner leads to its manners, which tell why it rests on this device, and forget", async ({ page }) => {
  await readUntilBannerAppears(page, await firstArticlePath(page));
  const why = bannerOn(page).getByRole("link", { name: "Why this banner?" });
  await expectPressable(why);
  await why.click();
  await expect(page).toHaveURL(/\/banner-manners$/);
  await expect(page.getByText("The banner rests here because it was shown not long ago.")).toBeVisible();
  await expect(page.getByText(/^It may be back after \w+ \d+, \d{4}\.$/)).toBeVisible();
  await expect(page.getByText("This browser runs no script")).toBeHidden();
  await expectAccessibleAtAllWidths(page, "the banner's manners");
  const forget = page.getByRole("button", { name: "Forget what this device remembers" });
  await expectPressable(forget);
  await forget.click();
  await expect(page.getByText("This device now remembers nothing of the banner.")).toBeVisible();
  await expect(page.getByText(/^It may be back after /)).toBeHidden();
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
});

test("without JavaScript the manners say that the banner never comes", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto("/banner-manners");
  await expect(page.getByText("This browser runs no script")).toBeVisible();
  await expect(page.getByRole("button", { name: "Forget" })).toBeHidden();
  await expect(page.getByText("After “Not this time” or the Escape key")).toBeVisible();
  await context.close();
});

test("“later today” brings the banner back after six hours, and its page names the hour", async ({ page }) => {
  const article = await firstArticlePath(page);
  await readUntilBannerAppears(page, article);
  const later = bannerOn(page).getByRole("button", { name: "Later today" });
  await expectPressable(later);
  await later.click();
  await expectStaysClosed(page);
  await page.goto("/banner-manners");
  await expect(page.getByText("The banner rests here because somebody pressed “Later today”.")).toBeVisible();
  await expect(page.getByText(/^It may be back after .* at \d+:\d\d/)).toBeVisible();
  await page.clock.fastForward(6 * 60 * 60 * 1000);
  await page.goto(article);
  await scrollAndPassBannerDelay(page);
  await expect(bannerOn(page)).toBeVisible();
});

test("the banner waits while the reader types, listens, prints or selects text", async ({ page }) => {
  await page.clock.install();
  await page.goto(await firstArticlePath(page));
  const holds = async (name: string) =>
    test.step(name, async () => {
      await scrollAndPassBannerDelay(page);
      await expect(bannerOn(page)).toBeHidden();
    });

  await page.evaluate(() => {
    Object.defineProperty(speechSynthesis, "speaking", { value: true, configurable: true });
  });
  await holds("while the browser reads aloud");
  await page.evaluate(() => {
    Object.defineProperty(speechSynthesis, "speaking", { value: false });
    getSelection()?.selectAllChildren(document.querySelector("article p") ?? document.body);
  });
  await holds("while text is selected");
  await page.evaluate(() => {
    getSelection()?.removeAllRanges();
    const field = document.createElement("textarea");
    field.style.position = "fixed";
    document.body.append(field);
    field.focus({ preventScroll: true });
  });
  await holds("while typing");
  await page.evaluate(() => document.querySelector("textarea")?.remove());
  await page.emulateMedia({ media: "print" });
  await holds("while printing");
  await page.emulateMedia({ media: null });
  await scrollAndPassBannerDelay(page);
  await expect(bannerOn(page)).toBeVisible();
});

test("the banner does not come while two fingers have zoomed in, and leaves when they do", async ({ browser }) => {
  const context = await browser.newContext({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  const zoom = async (pageScaleFactor: number) =>
    (await context.newCDPSession(page)).send("Emulation.setPageScaleFactor", { pageScaleFactor });
  await page.clock.install();
  await page.goto(await firstArticlePath(page));
  await zoom(2);
  await scrollAndPassBannerDelay(page);
  await expect(bannerOn(page)).toBeHidden();
  await zoom(1);
  await scrollAndPassBannerDelay(page);
  await expect(bannerOn(page)).toBeVisible();
  await zoom(2);
  await expect(bannerOn(page)).toBeHidden();
  await context.close();
});
