// `npm run values`: run it after an update of the `stripe` package.
import Stripe from "stripe";
import { writeFiles } from "./values";

writeFiles(new Stripe("sk_test_none"));
