// The secret of the demo's authenticator app. Everybody can read it here, so the demo stores it only in a ledger that
// uses the Stripe stand-in.

export const STAFF_AUTHENTICATOR_SECRET = "APPEAL2DEMO2APPEAL2DEMO2APPEAL2D";
