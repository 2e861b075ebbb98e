// Two people whose sessions signed-in.setup.ts opens before all other browser tests. A test must not change their data,
// because all tests share them.

export const SIGNED_IN_SUPPORTER = {
  email: "supporter@example.org",
  storageState: ".cache/journeys/signed-in/supporter.json",
};

/**
 * A colleague who is signed in. The setting STAFF_EMAILS of the tested site contains the colleague's address
 * (tools/run/settings.mjs). `secret`: the secret of this colleague's authenticator app (tools/demo/staff-secret.mjs).
 */
export const SIGNED_IN_COLLEAGUE = {
  email: "editor@example.org",
  secret: "APPEAL2DEMO2APPEAL2DEMO2APPEAL2D",
  storageState: ".cache/journeys/signed-in/staff.json",
};
