import { defineConfig } from "@playwright/test";
import journeys from "./playwright.config";

/** Runs only the journeys that start their own Stripe stand-in. They need no built site. */
const { projects: _, ...shared } = journeys;

export default defineConfig({ ...shared, testMatch: "the-stand-in-*.spec.ts", webServer: undefined });
