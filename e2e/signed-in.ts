// Signed in before the other browser tests begin (signed-in.setup.ts). A test must not change the data of these two
// people, because all tests share them.

export const SUPPORTER = {
  email: "supporter@example.org",
  storageState: ".cache/journeys/signed-in/supporter.json",
};

/**
 * The tested site's STAFF_EMAILS contain this address (tools/run/settings.mjs). `secret`: of their authenticator app
 * (tools/demo/staff-secret.mjs).
 */
export const STAFF = {
  email: "editor@example.org",
  secret: "APPEAL2DEMO2APPEAL2DEMO2APPEAL2D",
  storageState: ".cache/journeys/signed-in/staff.json",
};
