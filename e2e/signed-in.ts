// Two people who are signed in before the journeys begin (signed-in.setup.ts), so that few journeys need to sign in themselves:
// `test.use({ storageState: STAFF.storageState })`. Read with them, change nothing of theirs: other journeys share them.

/** Gives 20 Kuwaiti dinars monthly. */
export const SUPPORTER = {
  email: "supporter@example.org",
  storageState: ".cache/journeys/signed-in/supporter.json",
};

/** Named in STAFF_EMAILS of the stack (tools/run/settings.mjs); has never given. */
export const STAFF = {
  email: "editor@example.org",
  storageState: ".cache/journeys/signed-in/staff.json",
};
