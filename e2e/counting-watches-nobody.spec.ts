import type { Request } from "@playwright/test";
import { bannerOn, readUntilBannerAppears } from "./banner";
import { expect, firstArticlePath, test } from "./world";

test("the banner's events are reported without a cookie, an address or a referrer", async ({
  page,
  context,
  baseURL,
}) => {
  await context.addCookies([{ name: "own", value: "secret", url: String(baseURL) }]);
  const reports: Request[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/api/count") && request.method() === "POST") reports.push(request);
  });
  await readUntilBannerAppears(page, await firstArticlePath(page));
  await expect(bannerOn(page)).toBeVisible();
  await page.getByRole("button", { name: "Support us" }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Not this time" }).click();
  await expect.poll(() => reports.length).toBe(3);

  const subject = / banner a_[a-z0-9]{8} first a$/;
  expect(reports.map((request) => request.postData()?.replace(subject, ""))).toEqual([
    "shown+first-shown",
    "opened",
    "closed",
  ]);
  for (const request of reports) {
    expect((await request.response())?.status()).toBe(204);
    const headers = await request.allHeaders();
    expect(headers.cookie).toBeUndefined();
    expect(headers.referer).toBeUndefined();
  }
});

test.describe("if the site counts nothing", () => {
  test.use({ expectedProblems: [/status of 503/] });

  test("the banner still asks if the site does not answer, and nothing is reported", async ({ page }) => {
    let reports = 0;
    await page.route("**/api/count", (route) => {
      if (route.request().method() === "POST") reports += 1;
      return route.fulfill({ status: 503 });
    });
    await readUntilBannerAppears(page, await firstArticlePath(page));
    await expect(bannerOn(page)).toBeVisible();
    await page.getByRole("button", { name: "Not this time" }).click();
    await expect(bannerOn(page)).toBeHidden();
    expect(reports).toBe(0);
  });
});

test("staff open a variant by its URL: the whole page shows its words, and nothing is reported", async ({ page }) => {
  const article = await firstArticlePath(page);
  await page.goto(article);
  const words = page.locator("[data-banner] .banner-headline");
  const first = await words.textContent();
  let requests = 0;
  page.on("request", (request) => {
    if (request.url().endsWith("/api/count")) requests += 1;
  });
  await readUntilBannerAppears(page, `${article}?variant=b`);
  await expect(bannerOn(page)).toBeVisible();
  expect(await words.textContent()).not.toBe(first);
  for (const place of ["[data-banner]", "[data-appeal-end]"])
    await expect(page.locator(`${place} [name=variant]`)).toHaveValue("b");
  await page.getByRole("button", { name: "Not this time" }).click();
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  expect(requests).toBe(0);
});
