import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: 'scripts/unit-run.ts',
    projects: [
      {
        test: {
          name: 'node',
          setupFiles: 'scripts/unit-file.ts',
          include: ['electron/**/*.test.ts', 'db/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: ['electron/e2e/**'],
          // A busy machine is slow, and no test asserts a time: this ends only what hangs.
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 60_000 } },
        },
      },
      {
        test: {
          name: 'dom',
          setupFiles: 'scripts/unit-file.ts',
          environment: 'jsdom',
          include: ['renderer/**/*.test.ts', 'renderer/**/*.test.tsx'],
          // A busy machine is slow, and no test asserts a time: this ends only what hangs.
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 60_000 } },
        },
      },
    ],
  },
})
