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
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'dom',
          setupFiles: 'scripts/unit-file.ts',
          environment: 'jsdom',
          include: ['renderer/**/*.test.ts', 'renderer/**/*.test.tsx'],
          testTimeout: 30_000,
        },
      },
    ],
  },
})
