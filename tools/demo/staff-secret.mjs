// The secret of the demo's authenticator app. Everybody can read it here, so it is used only in a ledger with the Stripe
// stand-in.

export const STAFF_SECRET = "APPEAL2DEMO2APPEAL2DEMO2APPEAL2D";
