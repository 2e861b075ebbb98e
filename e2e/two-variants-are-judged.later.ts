// Starts an experiment, which changes what every reader sees, and moves the clock. Therefore this file runs after all
// other browser tests.
import type { BrowserContext } from "@playwright/test";
import { readUntilBannerAppears } from "./banner";
import { chooseCustomAmount, expectThanksPage, giftForm, payAtCheckout, pressGiveButton, TEST_CARDS } from "./giving";
import { expectPressable } from "./pressable";
import { expectAccessibleAtAllWidths } from "./readable";
import { SIGNED_IN_COLLEAGUE } from "./signed-in";
import { advanceStripeDays } from "./stripe";
import { enterCodeByRequests, signInByRequests } from "./without-a-page";
import { expect, firstArticlePath, makeUniqueMailAddress, type Page, test } from "./world";

test("staff compare two variants: devices keep their arm and are counted, one gives through b, and the page judges", async ({
  page,
  browser,
  request,
}) => {
  const devices = new Map<string, BrowserContext>();
  const counted = { a: 0, b: 0 };
  let experiment = "";

  await test.step("staff state a plan, correct it beside the field, and start it", async () => {
    await signIn(page);
    await page.goto("/newsroom/experiments");
    await page.getByRole("link", { name: "Plan an experiment" }).click();
    await page.getByLabel("Name").fill("Do other words bring more?");
    await page.getByLabel("Variant A").fill("60");
    await page.getByLabel("Most that counts per reader").fill("200");
    await page.getByLabel("Smallest difference worth finding").fill("5");
    await page.getByLabel("Number of readers").fill("1000");
    await page.getByLabel("Last day to join").fill(await today(page));
    await press(page, "Save the plan");
    await expect(page.getByText("The shares must be whole numbers and add up to 100")).toBeVisible();
    await expect(page.getByLabel("Most that counts per reader")).toHaveValue("200");
    await page.getByLabel("Variant A").fill("50");
    await press(page, "Save the plan");
    await expect(page.getByText("The plan is saved.")).toBeVisible();
    await expectAccessibleAtAllWidths(page, "an experiment's plan");
    experiment = new URL(page.url()).pathname;
    await press(page, "Start the experiment");
    await expect(page.getByText("The experiment has started.")).toBeVisible();
    // The site checks once a second which experiment runs.
    await expect.poll(async () => (await (await request.get("/api/count")).json()).experiment).not.toBeNull();
  });

  await test.step("devices get an arm, see its words, and keep it when they come back", async () => {
    const article = await firstArticlePath({ request });
    const words = new Map<string, string>();
    // Each device picks a variant at random. The chance that twenty devices pick the same one is one in half a million.
    for (let i = 0; i < 20 && devices.size < 2; i++) {
      const context = await browser.newContext();
      const device = await context.newPage();
      const { arm, headline } = await readUntilCounted(device, article);
      counted[arm] += 1;
      words.set(arm, headline);
      if (devices.has(arm)) await context.close();
      else devices.set(arm, context);
    }
    expect([...devices.keys()].sort()).toEqual(["a", "b"]);
    expect(words.get("a")).not.toBe(words.get("b"));
    for (const [arm, context] of devices) {
      const [device] = context.pages();
      await device?.reload();
      await device?.evaluate(() => scrollTo(0, document.body.scrollHeight));
      await expect(device?.locator("[data-appeal-end] [name=variant]") ?? page.locator("none")).toHaveValue(arm);
    }
  });

  await test.step("a reader gives through the words of b", async () => {
    const [device] = devices.get("b")?.pages() ?? [];
    if (!device) throw new Error("no device is in arm b");
    const form = device.locator("[data-appeal-end]");
    await chooseCustomAmount(giftForm(device, form), { frequency: "Once", customAmount: "12.34", currency: "USD" });
    await pressGiveButton(device, /^Give/, form);
    await payAtCheckout(device, { email: makeUniqueMailAddress("variant-b"), card: TEST_CARDS.paid });
    await expectThanksPage(device);
    for (const context of devices.values()) await context.close();
  });

  await test.step("while it runs, its page counts the devices of each arm", async () => {
    await openOnceItSays(page, experiment, `0 of ${counted.a + counted.b} readers are counted so far.`);
    await expect(page.getByText("Too early to say. The first readers count on")).toBeVisible();
    expect(await figuresOf(page, "Variant A")).toEqual(["50%", String(counted.a), "0"]);
    expect(await figuresOf(page, "Variant B")).toEqual(["50%", String(counted.b), "0"]);
  });

  await test.step("44 days later every reader is counted, with what was kept", async () => {
    await advanceStripeDays(44);
    // The site follows the clock of the stand-in within a second. The colleague's session has then expired.
    await expect.poll(async () => (await page.request.get(experiment)).url()).toContain("/sign-in?");
    // Uses the authenticator's next code, because the site accepts each code only once.
    await signIn(page, { laterMs: 30_000 });
    await page.goto(experiment);
    await expect(
      page.getByText("Too early to say. Fewer than 30 readers of variant A or variant B have given."),
    ).toBeVisible();
    expect((await figuresOf(page, "Variant A")).concat("")).toEqual(
      expect.arrayContaining([String(counted.a), "$0.00"]),
    );
    const figures = await figuresOf(page, "Variant B");
    expect(figures.slice(0, 3)).toEqual(["50%", String(counted.b), String(counted.b)]);
    expect(figures.slice(3, 5)).toEqual(["1", "$12.34"]);
    await expectAccessibleAtAllWidths(page, "an experiment's verdict");
  });

  await test.step("the newsroom's first page says the same, once a job has judged", async () => {
    await openOnceItSays(page, "/newsroom", "Too early to say. Fewer than 30 readers of variant A or variant B");
    await page.getByRole("link", { name: "Do other words bring more?" }).click();
    await expect(page).toHaveURL(experiment);
  });
});

/** Reads an article until the banner appears and the site has counted the device. */
async function readUntilCounted(page: Page, article: string): Promise<{ arm: "a" | "b"; headline: string }> {
  const isExposure = (body: string | null) => /^shown\+first-shown\+exposed banner /.test(body ?? "");
  const counted = page.waitForResponse((response) => isExposure(response.request().postData()));
  await readUntilBannerAppears(page, article);
  await expect(page.locator("[data-banner]")).toBeVisible();
  expect((await counted).status()).toBe(204);
  const arm = await page.locator("[data-banner] [name=variant]").inputValue();
  if (arm !== "a" && arm !== "b") throw new Error(`${arm} is not an arm`);
  return { arm, headline: (await page.locator("[data-banner] .banner-headline").textContent()) ?? "" };
}

/** Returns the figures in an arm's row of the table, without those that are not known yet (a dash). */
async function figuresOf(page: Page, arm: string): Promise<string[]> {
  const table = page.getByRole("region", { name: "What each arm brought" });
  const cells = await table.getByRole("row", { name: arm }).getByRole("cell").allTextContents();
  return cells.filter((text) => !text.includes("–"));
}

async function signIn(page: Page, code: { laterMs?: number } = {}): Promise<void> {
  await signInByRequests(page, SIGNED_IN_COLLEAGUE.email);
  await enterCodeByRequests(page, SIGNED_IN_COLLEAGUE.secret, code);
}

/**
 * Waits until the page contains the text, and then opens the page. Use it for pages that do not update by themselves.
 * Polls by request, which is faster than opening the page.
 */
async function openOnceItSays(page: Page, path: string, text: string): Promise<void> {
  await expect.poll(async () => (await page.request.get(path)).text()).toContain(text);
  await page.goto(path);
  await expect(page.getByText(text)).toBeVisible();
}

async function press(page: Page, name: string): Promise<void> {
  const button = page.getByRole("button", { name });
  await expectPressable(button);
  await button.click();
}

/** Returns the first date that the form accepts, which is today. */
async function today(page: Page): Promise<string> {
  return (await page.getByLabel("Last day to join").getAttribute("min")) ?? "";
}
