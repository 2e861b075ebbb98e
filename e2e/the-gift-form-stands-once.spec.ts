import { chooseCustomAmount, giftForm } from "./giving";
import { expect, firstArticlePath, SITE_URL, test } from "./world";

test("an article's HTML has one gift form, and the banner's copy is a form of its own", async ({ page, request }) => {
  const article = await firstArticlePath(page);
  const html = await (await request.get(article)).text();
  expect(html.match(/<form [^>]*gift-form/g)).toHaveLength(1);

  await page.goto(article);
  const end = giftForm(page, page.locator("[data-appeal-end]"));
  const banner = giftForm(page, page.locator("[data-banner]"));
  await test.step("no id is there twice, and every reference leads into its own form", async () => {
    const strays = await page.evaluate(() => {
      const ids = Array.from(document.querySelectorAll("[id]"), ({ id }) => id);
      const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
      const references = Array.from(document.querySelectorAll("form :is([for], [aria-describedby])")).flatMap(
        (element) =>
          `${element.getAttribute("for") ?? ""} ${element.getAttribute("aria-describedby") ?? ""}`
            .split(" ")
            .filter((id) => id && document.getElementById(id)?.closest("form") !== element.closest("form")),
      );
      return [...twice, ...references];
    });
    expect(strays).toEqual([]);
  });

  await test.step("an amount typed at the article's end stays there", async () => {
    await chooseCustomAmount(end, { frequency: "Once", customAmount: "31", currency: "USD" });
    await page.getByRole("button", { name: "Show the appeal again" }).click();
    await expect(banner.getByLabel("Other amount")).toHaveValue("");
    await chooseCustomAmount(banner, { frequency: "Once", customAmount: "7", currency: "USD" });
    await expect(end.getByLabel("Other amount")).toHaveValue("31");
    await expect(banner.getByRole("button", { name: "Give $7", exact: true })).toBeVisible();
  });

  await test.step("a gift from the banner says so", async () => {
    const sent = page.waitForRequest((request) => request.url() === `${SITE_URL}/give/start`);
    await banner.getByRole("button", { name: "Give $7", exact: true }).click();
    const fields = new URLSearchParams((await sent).postData() ?? "");
    expect(Object.fromEntries(fields)).toMatchObject({ placement: "banner", custom: "7", article: expect.any(String) });
    expect(fields.get("article")).toBe(fieldOf(html, "article"));
  });
});

test("the texts for refused amounts come when the reader uses a form, with nothing about the reader", async ({
  page,
}) => {
  const requests: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("reader-words")) requests.push(new URL(request.url()).pathname);
  });
  await page.goto(await firstArticlePath(page, "ru"), { waitUntil: "networkidle" });
  expect(requests).toEqual([]);
  const arrived = page.waitForResponse("**/reader-words-ru.json");
  await page.locator("[data-appeal-end] [name=every]:checked").focus();
  const response = await arrived;
  expect((await response.json()).refusalTexts.zero).toMatch(/больше нуля/);
  expect(requests).toEqual(["/reader-words-ru.json"]);
});

test.describe(() => {
  test.use({ expectedProblems: [/net::ERR_FAILED/] });

  test("if those texts do not come, the server explains a refused amount", async ({ page }) => {
    await page.route("**/reader-words-*.json", (route) => route.abort());
    await page.goto(await firstArticlePath(page));
    const end = giftForm(page, page.locator("[data-appeal-end]"));
    await chooseCustomAmount(end, { frequency: "Once", customAmount: "0", currency: "USD" });
    await end.getByRole("button", { name: "Continue" }).click();
    await expect(page).toHaveURL(/\/give\?/);
    await expect(page.getByLabel("Other amount")).toHaveAccessibleDescription(/more than zero/);
    await expect(page.getByLabel("Other amount")).toHaveValue("0");
  });
});

function fieldOf(html: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? "";
}
