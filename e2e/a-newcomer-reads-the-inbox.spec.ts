import { waitForSignInLink } from "./mail";
import { expectPressable } from "./pressable";
import { expect, INBOX_URL, makeUniqueMailAddress, SITE_URL, test } from "./world";

// The inbox shows e-mails in a frame in which no script may run. The browser logs an error when Playwright tries to run
// one.
test.use({ expectedProblems: [/Blocked script execution .* frame is sandboxed/] });

test("a newcomer signs in by the link in the demo's inbox, and a `next` to another site is ignored", async ({
  page,
  context,
}) => {
  const email = makeUniqueMailAddress("newcomer");
  await page.goto("/sign-in?next=https://example.com/");
  await page.getByLabel("Email address").fill(email);
  await page.getByRole("button", { name: "Email me a link" }).click();
  await expect(page.getByRole("heading", { name: "Check your email" })).toBeVisible();
  await waitForSignInLink(email);

  await page.goto(INBOX_URL);
  await page.getByRole("link", { name: email }).click();
  const opened = context.waitForEvent("page");
  await page.frameLocator("iframe").getByRole("link", { name: "Sign in" }).click();
  const site = await opened;
  const accept = site.getByRole("button", { name: "Sign me in" });
  await expectPressable(accept);
  await accept.click();
  await expect(site).toHaveURL(`${SITE_URL}/supporters`);
});

test("the inbox answers only to its own host name", async ({ request }) => {
  const answer = await request.get(`${INBOX_URL}/api/email`, { headers: { host: "rebound.example" } });
  expect(answer.status()).toBe(403);
});
