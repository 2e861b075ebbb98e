import { waitForSignInLink } from "./mail";
import { expectPressable } from "./pressable";
import { expectAccessibleAtAllWidths } from "./readable";
import { SIGNED_IN_SUPPORTER } from "./signed-in";
import { expect, makeUniqueMailAddress, test } from "./world";

const ownSite = { "sec-fetch-site": "same-origin" };

test("someone who is not signed in is sent to sign in, and learns nothing about another's gift", async ({
  request,
}) => {
  const thanks = await request.get("/thank-you?session=cs_test_somebodyelse");
  expect(await thanks.text()).toContain("We do not know this gift");
  const room = await request.get("/supporters");
  expect(new URL(room.url()).pathname).toBe("/sign-in");
  expect(await room.text()).toMatch(/<h1[^>]*>Sign in/);
});

test("the sign-in form answers the same for a stranger's address as for a supporter's", async ({ request }) => {
  const answers = [];
  for (const email of [makeUniqueMailAddress("stranger"), SIGNED_IN_SUPPORTER.email]) {
    const form = { email, next: "/supporters" };
    answers.push(await request.post("/sign-in/send", { form, headers: ownSite, maxRedirects: 0 }));
  }
  const [stranger, supporter] = answers.map((answer) => ({
    status: answer.status(),
    location: answer.headers().location,
  }));
  expect(stranger).toEqual(supporter);
  expect(stranger).toMatchObject({ status: 303, location: expect.stringContaining("/sign-in/sent") });
});

test.describe(() => {
  // The browser logs an error for a response with status 404.
  test.use({ expectedProblems: [/status of 404/] });

  test("someone who never gave signs in, comes back, and sees why the letters are closed", async ({
    page,
    request,
  }) => {
    const email = makeUniqueMailAddress("never-gave");

    await test.step("is sent to sign in", async () => {
      await page.goto("/supporters");
      await expect(page).toHaveURL(
        (url) => url.pathname === "/sign-in" && url.searchParams.get("next") === "/supporters",
      );
      await expectAccessibleAtAllWidths(page, "sign in");
      await page.getByLabel("Email address").fill(email);
      await page.getByRole("button", { name: "Email me a link" }).click();
      await expect(page.getByRole("heading", { name: "Check your email" })).toBeVisible();
      await expect(page.getByText(`You asked for a sign-in link to ${email}.`)).toBeVisible();
      expect(page.url()).not.toContain("@");
      await expectAccessibleAtAllWidths(page, "link sent");
      await page.reload();
      await expect(page.getByText("the address that you typed")).toBeVisible();
      await expect(page.getByText(email)).toHaveCount(0);
    });

    const link = await waitForSignInLink(email);
    await test.step("presses the button of the mailed link and returns to the page they wanted", async () => {
      await page.goto(link);
      await expectAccessibleAtAllWidths(page, "confirm");
      const accept = page.getByRole("button", { name: "Sign me in" });
      await expectPressable(accept);
      await accept.click();
      await expect(page).toHaveURL(/\/supporters$/);
    });

    await test.step("the link works only once", async () => {
      const again = await request.get(link);
      expect(await again.text()).toMatch(/<h1[^>]*>This link no longer works/);
    });

    await test.step("the letters are closed", async () => {
      await expect(page.getByRole("heading", { level: 1, name: "These letters are for supporters" })).toBeVisible();
      const give = page.getByRole("link", { name: "Give, and open the letters" });
      await expect(give).toHaveAttribute("href", "/give");
      await expectPressable(give);
      await expect(page.locator('a[href*="letters/"]')).toHaveCount(0);
      await expectAccessibleAtAllWidths(page, "closed letters");
    });

    await test.step("the newsroom does not exist", async () => {
      expect((await page.goto("/newsroom"))?.status()).toBe(404);
      await expect(page.getByRole("heading", { name: "There is no such page" })).toBeVisible();
      await expectAccessibleAtAllWidths(page, "a page that is not there");
    });
  });
});
