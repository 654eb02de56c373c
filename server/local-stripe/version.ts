/** The one version this server speaks. It equals the SDK's own pin, and a test says so. */
export const API_VERSION = "2026-10-28.endive";
