import { give } from "./giving";
import { signInAs } from "./signing-in";
import { expect, someMailbox, test } from "./world";

const EDITOR = "editor@example.org";
const withinMs = 2_000;

test("staff see a gift in the newsroom within two seconds of the webhook", async ({ page, browser }) => {
  await page.goto("/sign-in?next=/newsroom");
  await signInAs(page, EDITOR);
  await expect(page.getByRole("heading", { level: 1, name: "Newsroom" })).toBeVisible();

  const reader = await browser.newContext();
  const readersPage = await reader.newPage();
  const amount = "4321.09";
  await give(readersPage, { every: "once", amount, email: someMailbox("for-staff") });
  const thankedAt = Date.now();
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("cell", { name: "$4,321.09" })).toBeVisible({ timeout: 300 });
  }).toPass({ intervals: [50], timeout: withinMs });
  test.info().annotations.push({ type: "seen by staff after", description: `${Date.now() - thankedAt} ms` });
  await reader.close();
});
