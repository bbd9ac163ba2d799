import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'electron/e2e',
  testMatch: '**/*.e2e.ts',
  globalSetup: './electron/e2e/prepare.ts',
  outputDir: 'out/e2e',
  // One window at a time: two would compete for two cores and for the focus.
  workers: 1,
  // Generous: a busy machine is slow, and no test measures time.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  forbidOnly: true,
  reporter: 'list',
})
