import { nextMailTo } from "./mail";
import { expectPressable } from "./pressable";
import { expect, MAIL, SITE, someMailbox, test } from "./world";

// The mail lies in a box where no script runs, those of the test included.
test.use({ expectedMessages: [/Blocked script execution .* frame is sandboxed/] });

test("a newcomer clicks the sign-in link in the demo's inbox and is in, and a foreign `next` leads nowhere else", async ({
  page,
  context,
}) => {
  const email = someMailbox("newcomer");
  await page.goto("/sign-in?next=https://example.com/");
  await page.getByLabel("Email address").fill(email);
  await page.getByRole("button", { name: "Email me a link" }).click();
  await expect(page.getByRole("heading", { name: "Check your email" })).toBeVisible();
  await nextMailTo(email);

  await page.goto(MAIL);
  await page.getByRole("link", { name: email }).click();
  const opened = context.waitForEvent("page");
  await page.frameLocator("iframe").getByRole("link", { name: "Sign in" }).click();
  const site = await opened;
  const accept = site.getByRole("button", { name: "Sign me in" });
  await expectPressable(accept);
  await accept.click();
  await expect(site).toHaveURL(`${SITE}/supporters`);
});

test("the inbox answers to its own name only", async ({ request }) => {
  const answer = await request.get(`${MAIL}/api/email`, { headers: { host: "rebound.example" } });
  expect(answer.status()).toBe(403);
});
