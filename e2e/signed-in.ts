// Two people who are signed in before the other browser tests begin (signed-in.setup.ts), so that most tests need not sign in.
// A test uses them with `test.use({ storageState: STAFF.storageState })`. It must not change their data, because all tests
// share them.

/** A supporter who gives 20 Kuwaiti dinars monthly. */
export const SUPPORTER = {
  email: "supporter@example.org",
  storageState: ".cache/journeys/signed-in/supporter.json",
};

/**
 * An editor, who is in the tested site's STAFF_EMAILS (tools/run/settings.mjs) and has never given. `secret`: the secret of
 * their authenticator app (tools/demo/staff-secret.mjs).
 */
export const STAFF = {
  email: "editor@example.org",
  secret: "APPEAL2DEMO2APPEAL2DEMO2APPEAL2D",
  storageState: ".cache/journeys/signed-in/staff.json",
};
