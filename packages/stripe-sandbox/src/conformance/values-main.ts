// `npm run values`, after an update of the package: writes http/stripe-values.json and http/stripe-fields.json from
// the types of the official package.
import Stripe from "stripe";
import { writeFiles } from "./values";

writeFiles(new Stripe("sk_test_none"));
