import { give } from "./giving";
import { expectPressable } from "./pressable";
import { expectReadable } from "./readable";
import { STAFF } from "./signed-in";
import { expect, someMailbox, test } from "./world";

test.use({ storageState: STAFF.storageState });

test("staff see a gift in the newsroom as soon as the reader is thanked", async ({ page, browser }) => {
  const reader = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const readersPage = await reader.newPage();
  await give(readersPage, { every: "once", amount: "4321.09", email: someMailbox("for-staff") });
  await reader.close();

  // The first load must show the gift: the reader was thanked because the ledger has the payment.
  await page.goto("/newsroom");
  await expect(page.getByRole("heading", { level: 1, name: "Newsroom" })).toBeVisible();
  expect(await page.getByRole("cell", { name: "$4,321.09" }).count()).toBeGreaterThan(0);
  await expectReadable(page, "/newsroom");

  await test.step("on a phone no figure is off the screen", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    for (const name of ["Money received", "Latest payments", "Recurring gifts"]) {
      const table = page.getByRole("region", { name, exact: true });
      const hidden = await table.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
      expect(hidden, `${name} is wider than the screen by`).toBeLessThanOrEqual(0);
    }
    const latest = page.getByRole("region", { name: "Latest payments" });
    await expect(latest.getByText("Received").first()).toBeVisible();
  });

  await test.step("other private pages link to the newsroom", async () => {
    await page.goto("/supporters");
    const newsroom = page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name: "Newsroom" });
    await expectPressable(newsroom);
    await newsroom.click();
    await expect(page.getByRole("heading", { level: 1, name: "Newsroom" })).toBeVisible();
  });
});
