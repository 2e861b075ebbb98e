// Runs alone, because it changes the appeal that the other browser tests read.
import { expectPressable } from "./pressable";
import { expectAccessibleAtAllWidths } from "./readable";
import { SIGNED_IN_COLLEAGUE } from "./signed-in";
import { expect, firstArticlePath, type Locator, type Page, test } from "./world";

test.use({ storageState: SIGNED_IN_COLLEAGUE.storageState });

const WORDS = "This journey asks you kindly";

test("an editor changes the appeal, a reader sees it, and it goes back", async ({ page, browser }) => {
  const reader = await (
    await browser.newContext({ javaScriptEnabled: false, storageState: { cookies: [], origins: [] } })
  ).newPage();
  const article = await firstArticlePath(page);
  const articleText = async () => (await reader.request.get(article)).text();
  const button = (name: string | RegExp) => page.getByRole("button", { name });

  await test.step("takes the lock and opens the words", async () => {
    await page.goto("/newsroom/appeals");
    await expectAccessibleAtAllWidths(page, "/newsroom/appeals");
    await page.getByRole("listitem").filter({ hasText: "Readers see this one" }).getByRole("link").click();
    await expectPressable(button("Start editing"));
    await button("Start editing").click();
    await expect(page.getByText("You are editing since")).toBeVisible();
    await expectAccessibleAtAllWidths(page, "an appeal while it is edited");
  });

  await test.step("types before the page's script has run, and loses nothing", async () => {
    const letScriptsIn = await holdScripts(page);
    await page.getByRole("link", { name: "English" }).first().click();
    await page.getByLabel("Headline of the banner").fill("Typed early");
    await page.getByLabel("First lines of the page").fill("Typed early, too");
    await letScriptsIn();
    await expect.poll(() => isTakenOver(page.getByLabel("First lines of the page"))).toBe(true);
    await expect(page.getByLabel("Headline of the banner")).toHaveValue("Typed early");
    await expect(page.getByLabel("First lines of the page")).toHaveValue("Typed early, too");
    await expect(page.frameLocator("iframe").getByText("Typed early", { exact: true })).toBeVisible();
  });

  await test.step("is told what is wrong, and loses nothing", async () => {
    const field = page.getByLabel("Headline of the banner");
    await field.fill("x".repeat(61));
    await page.getByLabel("First lines of the page").fill(WORDS);
    await expectPressable(button("Save"));
    await button("Save").click();
    await expect(page.getByText("One field needs a change")).toBeVisible();
    await expect(page.getByText("At most 60 characters.")).toBeVisible();
    await expect(page.getByLabel("First lines of the page")).toHaveValue(WORDS);
    await expectAccessibleAtAllWidths(page, "the words of an appeal with a problem");
    await field.fill(WORDS);
    await expect(page.frameLocator("iframe").getByText(WORDS)).toBeVisible();
    await page.reload();
    await expect(field).toHaveValue(WORDS);
    await button("Save").click();
    await expect(page.getByText("Saved as version 2.")).toBeVisible();
  });

  await test.step("looks at it in an article, which only our own pages may frame", async () => {
    await page.getByRole("link", { name: "At other sizes" }).click();
    const frame = page.frameLocator("iframe");
    await expect(frame.getByText(WORDS)).toBeVisible();
    await expectAccessibleAtAllWidths(page, "the preview of an appeal");
    // The preview has the publication's fonts, as readers see them when the page has loaded.
    await expect(frame.getByRole("heading", { level: 1 })).toHaveCSS("font-family", /"appeal serif"/);
    await page.getByRole("link", { name: "Banner, open" }).click();
    await expect(frame.getByRole("button", { name: "Continue to payment" }).first()).toBeVisible();
    await page.getByRole("link", { name: "After a gift" }).click();
    await expect(frame.getByText("Thank you for paying for this")).toBeVisible();
    await page.getByRole("link", { name: "Dark" }).click();
    await expect(frame.locator("html")).toHaveAttribute("data-scheme", "dark");
    const src = (await page.locator("iframe").getAttribute("src")) ?? "";
    const [preview, around] = await Promise.all([page.request.get(src), page.request.get(page.url())]);
    expect(preview.headers()["x-frame-options"]).toBe("SAMEORIGIN");
    expect(preview.headers()["cache-control"]).toContain("no-store");
    expect(preview.headers()["content-security-policy"]).toMatch(/frame-ancestors 'self'$/);
    expect(around.headers()["x-frame-options"]).toBe("DENY");
    expect(around.headers()["content-security-policy"]).toContain("frame-ancestors 'none'");
    await page.getByRole("link", { name: "The usual appeal" }).click();
  });

  await test.step("publishes; a reader sees it", async () => {
    await reader.goto("/give");
    await expect(reader.getByText(WORDS)).toHaveCount(0);
    await button("Publish version 2").click();
    await expect(page.getByText("Published. Readers see it now.")).toBeVisible();
    // This test does not check how soon readers see the published appeal, because lab/torture/instances measures that.
    await expect.poll(articleText, { intervals: [100] }).toContain(WORDS);
    await reader.goto("/give");
    await expect(reader.getByText(WORDS)).toBeVisible();
  });

  await test.step("reads the difference and brings the old words back", async () => {
    await page.getByRole("link", { name: "Version 2" }).click();
    await expect(page.locator("ins").first()).toBeVisible();
    await expectAccessibleAtAllWidths(page, "the difference of a version");
    await page.goBack();
    await page.getByText("Bring version 1 back").first().click();
    await button("Bring version 1 back").click();
    await expect(page.getByText("Version 1 again")).toBeVisible();
    await expect.poll(articleText, { intervals: [100] }).not.toContain(WORDS);
    await button("I am done").click();
    await expect(button("Start editing")).toBeVisible();
  });
});

/** Blocks the page's scripts. Returns a function that lets them load. */
async function holdScripts(page: Page): Promise<() => Promise<void>> {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    await held;
    await route.continue();
  });
  return async () => {
    release();
    await page.unrouteAll({ behavior: "wait" });
  };
}

/** Returns true if React has hydrated the element: React then sets a property of its own on it. */
const isTakenOver = (element: Locator) =>
  element.evaluate((it) => Object.keys(it).some((name) => name.startsWith("__reactFiber")));
