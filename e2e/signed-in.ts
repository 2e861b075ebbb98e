// Two people who are signed in before the journeys begin (signed-in.setup.ts), so that most journeys need not sign in:
// `test.use({ storageState: STAFF.storageState })`. Change nothing of theirs, because the journeys share them.

/** A supporter who gives 20 Kuwaiti dinars monthly. */
export const SUPPORTER = {
  email: "supporter@example.org",
  storageState: ".cache/journeys/signed-in/supporter.json",
};

/**
 * An editor, who is named in the stack's STAFF_EMAILS (tools/run/settings.mjs) and has never given. `secret` is the authenticator app's
 * (tools/demo/staff-secret.mjs).
 */
export const STAFF = {
  email: "editor@example.org",
  secret: "APPEAL2DEMO2APPEAL2DEMO2APPEAL2D",
  storageState: ".cache/journeys/signed-in/staff.json",
};
