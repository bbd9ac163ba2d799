import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { existsSync } from 'node:fs'

// Electron 33 (Chrome 130, Node 20.18) is the oldest engine the programs run on.
const node = 'node20.18'
const chrome = 'chrome130'

/** The programs that run on Node: the shell, and those it starts as utility processes. */
const programs = {
  main: 'electron/main/main.ts',
  core: 'electron/core/core.ts',
  // Started by core as a thread, beside its bundle.
  'worker-thread': 'electron/core/worker-thread.ts',
  trial: 'electron/trial/trial.ts',
}

export default defineConfig({
  main: {
    build: {
      target: node,
      outDir: 'out/main',
      rolldownOptions: { input: Object.fromEntries(Object.entries(programs).filter(([, file]) => existsSync(file))) },
    },
  },
  preload: {
    build: {
      target: node,
      outDir: 'out/preload',
      // A sandboxed preload is one CommonJS file and can load nothing.
      externalizeDeps: false,
      rolldownOptions: {
        input: 'electron/preload/preload.ts',
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    build: { target: chrome, outDir: 'out/renderer', rolldownOptions: { input: 'renderer/index.html' } },
    plugins: [react()],
  },
})
