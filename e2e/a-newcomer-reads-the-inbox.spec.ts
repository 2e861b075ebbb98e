import { nextMailTo } from "./mail";
import { expect, MAIL, someMailbox, test } from "./world";

// The mail lies in a box where no script runs, those of the test included.
test.use({ expectedMessages: [/Blocked script execution .* frame is sandboxed/] });

test("a newcomer clicks the sign-in link in the demo's inbox and is in", async ({ page, context }) => {
  const email = someMailbox("newcomer");
  await page.goto("/sign-in?next=/supporters");
  await page.getByLabel("Email address").fill(email);
  await page.getByRole("button", { name: "Email me a link" }).click();
  await expect(page.getByRole("heading", { name: "Check your email" })).toBeVisible();
  await nextMailTo(email);

  await page.goto(MAIL);
  await page.getByRole("link", { name: email }).click();
  const opened = context.waitForEvent("page");
  await page.frameLocator("iframe").getByRole("link", { name: "Sign in" }).click();
  const site = await opened;
  await site.getByRole("button", { name: "Sign me in" }).click();
  await expect(site).toHaveURL(/\/supporters$/);
});

test("the inbox answers to its own name only", async ({ request }) => {
  const answer = await request.get(`${MAIL}/api/email`, { headers: { host: "rebound.example" } });
  expect(answer.status()).toBe(403);
});
