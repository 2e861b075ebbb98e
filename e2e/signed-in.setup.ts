import { waitForMail } from "./mail";
import { SIGNED_IN_COLLEAGUE, SIGNED_IN_SUPPORTER } from "./signed-in";
import { enterCodeByRequests, giveByRequests, signInByRequests } from "./without-a-page";
import { expect, test } from "./world";

test("a supporter gives and signs in, for the journeys that follow", async ({ request }) => {
  const { email, storageState } = SIGNED_IN_SUPPORTER;
  await giveByRequests({ request }, { every: "month", amount: "20", currency: "KWD", email });
  await waitForMail(email, "thanks");
  await signInByRequests({ request }, email);
  await request.storageState({ path: storageState });
});

test("an editor signs in, for the journeys that follow", async ({ request }) => {
  const { email, secret, storageState } = SIGNED_IN_COLLEAGUE;
  await signInByRequests({ request }, email);
  await enterCodeByRequests({ request }, secret);
  expect(await (await request.get("/newsroom")).text()).toMatch(/<h1[^>]*>Today/);
  await request.storageState({ path: storageState });
});
