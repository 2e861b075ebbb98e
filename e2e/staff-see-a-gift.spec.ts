import type { Locator } from "@playwright/test";
import { expectPressable } from "./pressable";
import { expectAccessibleAtAllWidths } from "./readable";
import { SIGNED_IN_COLLEAGUE } from "./signed-in";
import { giveByRequests } from "./without-a-page";
import { expect, makeUniqueMailAddress, test } from "./world";

test.use({ storageState: SIGNED_IN_COLLEAGUE.storageState });

test("staff see a gift in the newsroom as soon as the reader is thanked", async ({ page, browser }) => {
  const reader = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  await giveByRequests(reader, { every: "once", amount: "4321.09", email: makeUniqueMailAddress("for-staff") });
  await reader.close();

  // Expects the gift on the first load of the page, because the database contains the payment before the reader sees
  // the thank-you page.
  await page.goto("/newsroom");
  await expect(page.getByRole("heading", { level: 1, name: "Today" })).toBeVisible();
  expect(await page.getByRole("cell", { name: "$4,321.09" }).count()).toBeGreaterThan(0);
  await expectAccessibleAtAllWidths(page, "/newsroom");

  await test.step("on a phone no figure is off the screen", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    const latest = page.getByRole("region", { name: "Latest payments", exact: true });
    await expectInside(latest);
    await expect(latest.getByText("Received").first()).toBeVisible();
    const sections = page.getByRole("navigation", { name: "Newsroom" });
    for (const [section, table] of [
      ["Income", "Money received"],
      ["Recurring", "Recurring gifts"],
    ] as const) {
      await sections.getByRole("link", { name: section }).click();
      await expect(page.getByRole("heading", { level: 1, name: section })).toBeVisible();
      await expectInside(page.getByRole("region", { name: table, exact: true }));
      if (section === "Income") for (const each of await page.getByRole("region").all()) await expectInside(each);
    }
  });

  await test.step("the list of all payments finds it by status and currency, and the address holds the choice", async () => {
    await page.goto("/newsroom");
    const all = page.getByRole("link", { name: "All payments" });
    await expectPressable(all);
    await all.click();
    await expect(page.getByRole("heading", { level: 1, name: "Payments" })).toBeVisible();
    await page.getByText("Choose payments").click();
    await page.getByLabel("Status", { exact: true }).selectOption("Received");
    await page.getByLabel("Currency", { exact: true }).selectOption("USD");
    const choose = page.getByRole("button", { name: "Show" });
    await expectPressable(choose);
    await choose.click();
    await expect(page).toHaveURL(/state=kept&kind=&currency=USD/);
    await expect(page.getByRole("cell", { name: "$4,321.09" }).first()).toBeVisible();
    await expectInside(page.getByRole("region").first());
    await expectAccessibleAtAllWidths(page, "/newsroom/payments");
  });

  await test.step("the address holds the chosen view of income, and each number leads to its definition", async () => {
    await page.goto("/newsroom/income");
    await page.getByLabel("Step", { exact: true }).selectOption({ label: "Week" });
    await page.getByLabel("Currency", { exact: true }).selectOption("USD");
    const show = page.getByRole("button", { name: "Show" });
    await expectPressable(show);
    await show.click();
    await expect(page).toHaveURL(/step=week&until=[\d-]+&compare=year&currency=USD/);
    const chart = page.getByRole("figure", { name: "Income by week" });
    await expect(chart.getByRole("img", { name: /Bars of net income/ })).toBeVisible();
    await chart.getByText("Values as a table").click();
    const values = chart.getByRole("region", { name: "Income by week", exact: true });
    await expect(values.getByRole("cell", { name: /^Gross \$/ }).first()).toBeVisible();
    await expectInside(values);
    await expectAccessibleAtAllWidths(page, "/newsroom/income");
    const net = chart.getByRole("link", { name: "Net", exact: true });
    await expectPressable(net);
    await net.click();
    await expect(page).toHaveURL(/\/newsroom\/definitions#net$/);
    await expect(page.getByText("What reached the balance at Stripe")).toBeVisible();
    await expectAccessibleAtAllWidths(page, "/newsroom/definitions");
  });

  await test.step("other private pages link to the newsroom", async () => {
    await page.goto("/supporters");
    const newsroom = page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name: "Newsroom" });
    await expectPressable(newsroom);
    await newsroom.click();
    await expect(page.getByRole("heading", { level: 1, name: "Today" })).toBeVisible();
  });
});

async function expectInside(table: Locator): Promise<void> {
  const hidden = await table.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
  expect(hidden, "pixels of the table that are off the screen").toBeLessThanOrEqual(0);
}
