import { defineConfig } from "@playwright/test";
import journeys from "./playwright.config";

/** A run of only those browser tests that start their own Stripe stand-in. They need no built site. */
const { projects: _, ...shared } = journeys;

export default defineConfig({ ...shared, testMatch: "the-stand-in-*.spec.ts", webServer: undefined });
