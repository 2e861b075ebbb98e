// The secret of the demo's authenticator app. Everybody can read it here, so only a ledger beside the Stripe stand-in ever gets it.

export const STAFF_SECRET = "APPEAL2DEMO2APPEAL2DEMO2APPEAL2D";
