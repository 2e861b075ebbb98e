import { defineConfig } from "@playwright/test";
import journeys from "./playwright.config";

/** Only the journeys that start a Stripe stand-in of their own: they need no built site. */
const { projects: _, ...shared } = journeys;

export default defineConfig({ ...shared, testMatch: "the-stand-in-*.spec.ts", webServer: undefined });
