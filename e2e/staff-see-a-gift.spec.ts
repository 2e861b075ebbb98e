import { give } from "./giving";
import { expectReadable } from "./readable";
import { STAFF } from "./signed-in";
import { expect, someMailbox, test } from "./world";

test.use({ storageState: STAFF.storageState });

test("staff see a gift in the newsroom as soon as the reader is thanked", async ({ page, browser }) => {
  const reader = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const readersPage = await reader.newPage();
  await give(readersPage, { every: "once", amount: "4321.09", email: someMailbox("for-staff") });
  await reader.close();

  // The first look: what the ledger has thanked for, it shows.
  await page.goto("/newsroom");
  await expect(page.getByRole("heading", { level: 1, name: "Newsroom" })).toBeVisible();
  expect(await page.getByRole("cell", { name: "$4,321.09" }).count()).toBeGreaterThan(0);
  await expectReadable(page, "/newsroom");
});
